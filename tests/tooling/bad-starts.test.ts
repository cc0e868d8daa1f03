import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { startPostgres } from '../../scripts/lib/embedded-postgres.mjs'
import { nodeVersionProblem } from '../../scripts/lib/node-version.mjs'

const root = resolve(import.meta.dirname, '../..')
const folder = await mkdtemp(join(tmpdir(), 'waggle-start-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

/** `npm start` with these settings; it is expected to give up before anything is started. */
async function start(settings: Record<string, string>): Promise<{ code: number | null; errors: string }> {
  const { PATH, HOME } = process.env
  const free = { WEB_PORT: '41873', REALTIME_PORT: '41874' }
  const child = spawn(process.execPath, [join(root, 'scripts/start.mjs')], {
    cwd: root,
    env: { PATH, HOME, ...free, ...settings },
    timeout: 15_000,
  })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text) => {
    errors += text
  })
  const code = await new Promise<number | null>((done) => child.once('close', done))
  return { code, errors }
}

/** One sentence that says what is wrong, exit code 1, no stack trace. */
async function expectRefusal(settings: Record<string, string>, words: RegExp): Promise<void> {
  const { code, errors } = await start(settings)
  expect(errors).toMatch(words)
  expect(errors).toMatch(/^waggle: .*\n$/)
  expect(code).toBe(1)
}

test('a busy port is named', async () => {
  const other = createServer()
  await new Promise<void>((done) => other.listen(0, done))
  const { port } = other.address() as { port: number }
  await expectRefusal({ WEB_PORT: String(port) }, new RegExp(`port ${port}.*WEB_PORT`))
  await expectRefusal({ REALTIME_PORT: String(port) }, new RegExp(`port ${port}.*REALTIME_PORT`))
  await new Promise((done) => other.close(done))
})

test('a setting with a bad value is named', async () => {
  await expectRefusal({ WEB_PORT: 'abc' }, /WEB_PORT must be a port/)
  await expectRefusal({ DATABASE_URL: 'mysql://x' }, /DATABASE_URL must be a URL that begins with postgres/)
  await expectRefusal({ REDIS_URL: 'localhost' }, /REDIS_URL must be a URL/)
  await expectRefusal({ WAGGLE_ROLES: 'worker,boss' }, /WAGGLE_ROLES must name/)
  await expectRefusal({ NODE_ENV: 'production' }, /WAGGLE_SECRET must be set/)
})

test('a database or Redis that is not there is named, without its password', async () => {
  const database = { DATABASE_URL: 'postgres://waggle:hunter2@127.0.0.1:9/waggle' }
  await expectRefusal(database, /DATABASE_URL/)
  expect((await start(database)).errors).not.toContain('hunter2')
  await expectRefusal({ REDIS_URL: 'redis://:hunter2@127.0.0.1:9' }, /REDIS_URL/)
  expect((await start({ REDIS_URL: 'redis://:hunter2@127.0.0.1:9' })).errors).not.toContain('hunter2')
})

test('a data folder of another PostgreSQL is left as it is', async () => {
  const dataDir = join(folder, 'postgres')
  await mkdir(dataDir)
  await writeFile(join(dataDir, 'PG_VERSION'), '12\n')
  await expect(startPostgres({ dataDir, port: 0 })).rejects.toThrow(/made by PostgreSQL 12/)
})

test('an old Node is told which one is needed', () => {
  expect(nodeVersionProblem('18.19.0')).toMatch(/Node.* 20\.19/)
  expect(nodeVersionProblem('20.18.9')).toMatch(/Node.* 20\.19/)
  expect(nodeVersionProblem('20.19.0')).toBeFalsy()
})
