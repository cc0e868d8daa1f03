import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { UserError } from './user-error.mjs'

/** Time a PostgreSQL without a parent gets to write its last pages. */
const END_MS = 15_000

const ownerFile = (dataDir) => join(dataDir, 'waggle-owner.pid')

/** Remembers which process started PostgreSQL on this folder. */
export const rememberOwner = (dataDir) => writeFile(ownerFile(dataDir), `${process.pid}\n`)

/**
 * Clears what a kill -9 left: a pid file whose number now belongs to another program, or a PostgreSQL whose
 * parent has died.
 * @throws {UserError} when PostgreSQL runs on this folder for somebody who is alive.
 */
export async function clearLeftovers(dataDir) {
  const pidFile = join(dataDir, 'postmaster.pid')
  if (!existsSync(pidFile)) return
  const pid = Number.parseInt(await readFile(pidFile, 'utf8'), 10)
  if (!Number.isInteger(pid) || !isAlive(pid) || !commandOf(pid).includes(dataDir)) {
    await rm(pidFile, { force: true })
    return
  }
  const owner = Number.parseInt(await readFile(ownerFile(dataDir), 'utf8').catch(() => ''), 10)
  if (!Number.isInteger(owner) || isAlive(owner)) {
    throw new UserError(`Waggle is already running on ${dataDir} (PostgreSQL is process ${pid}); stop it first.`)
  }
  process.kill(pid, 'SIGINT')
  for (const end = Date.now() + END_MS; isAlive(pid); await wait(50)) {
    if (Date.now() > end) throw new UserError(`PostgreSQL (process ${pid}) still runs on ${dataDir}; end that process.`)
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** The command line, or an empty string where it cannot be read: PostgreSQL itself then decides. */
function commandOf(pid) {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
    if (process.platform === 'win32') return ''
    return execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' })
  } catch {
    return ''
  }
}
