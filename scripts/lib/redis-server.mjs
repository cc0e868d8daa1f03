import { existsSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { assertRedis } from './check-redis.mjs'
import { freePort } from './ports.mjs'
import { startProcess } from './processes.mjs'
import { readyOrEnded } from './services.mjs'
import { UserError } from './user-error.mjs'

const START_MS = 10_000

/** @returns {string | undefined} the path of a program in PATH. */
export function findProgram(name) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/bin']
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path))
}

/**
 * Starts a Redis that keeps nothing on disk, on the given or a free port of this machine.
 * @param {{ port?: number }} [options]
 * @returns {Promise<{ url: string, port: number, pid: number | undefined, kill(signal?: NodeJS.Signals): void, stop(): Promise<void> }>}
 * @throws {UserError} when redis-server is not installed or does not start.
 */
export async function startRedis({ port: wanted } = {}) {
  const command = findProgram('redis-server')
  if (!command) throw new UserError('redis-server is not installed; install it or set REDIS_URL.')
  const port = wanted ?? (await freePort())
  const folder = join(tmpdir(), `waggle-redis-${process.pid}-${port}`)
  await mkdir(folder, { recursive: true })
  let ready
  const isReady = new Promise((resolve) => {
    ready = resolve
  })
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder]
  const child = startProcess('redis', args, {
    command,
    onLine: (line) => {
      if (line.includes('Ready to accept connections')) ready()
    },
  })
  await readyOrEnded(child, isReady, START_MS)
  const url = `redis://127.0.0.1:${port}`
  await assertRedis(url)
  return {
    url,
    port,
    pid: child.pid,
    kill: child.kill,
    ended: child.ended,
    async stop() {
      await child.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
