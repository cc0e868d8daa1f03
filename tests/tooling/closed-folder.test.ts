import { execFile } from 'node:child_process'
import { chown, cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { postgresBinaries } from '../../scripts/lib/postgres-binaries.mjs'
import { postgresUser } from '../../scripts/lib/postgres-user.mjs'

// Mode 700, as a home folder and everything that mkdtemp makes.
const closed = await mkdtemp(join(tmpdir(), 'waggle-closed-'))
afterAll(() => rm(closed, { recursive: true, force: true }))

test('PostgreSQL starts from a checkout in a folder that is closed to other users', async () => {
  const { initdb } = await postgresBinaries()
  const native = join(closed, 'native')
  await cp(dirname(dirname(initdb)), native, { recursive: true, verbatimSymlinks: true })
  const program = join(native, 'bin', 'initdb')
  const dataDir = join(closed, 'data')
  await mkdir(dataDir, { mode: 0o700 })
  const runAs = postgresUser(dataDir, program)
  if (runAs.owner) await chown(dataDir, runAs.owner.uid, runAs.owner.gid)
  const { command, args } = runAs.wrap(program, [`--pgdata=${dataDir}`, '--username=x', '--auth=trust', '--no-sync'])
  await promisify(execFile)(command, args)
  expect(await readdir(dataDir)).toContain('PG_VERSION')
})
