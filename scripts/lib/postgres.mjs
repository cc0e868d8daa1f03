import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startPostgres } from './embedded-postgres.mjs'
import { assertPortFree, freePort } from './ports.mjs'
import { firstLine, UserError } from './user-error.mjs'

/** The major version that the embedded-postgres package brings. */
const MAJOR = '18'

/** Only this machine can reach the server. */
const LOCAL_USER = { user: 'waggle', password: 'waggle' }

/**
 * @param {string} dataDir
 * @throws {UserError} when the data was written by another PostgreSQL version, which would not read it.
 */
async function assertVersion(dataDir) {
  const path = join(dataDir, 'PG_VERSION')
  if (!existsSync(path)) return
  const version = (await readFile(path, 'utf8')).trim()
  if (version !== MAJOR) {
    throw new UserError(
      `the data in ${dataDir} belongs to PostgreSQL ${version}, this is PostgreSQL ${MAJOR}: move that folder away or set DATABASE_URL.`,
    )
  }
}

/** A server that was left by a killed start, or belongs to another one. */
async function assertUnused(dataDir) {
  const pid = Number((await readFile(join(dataDir, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')[0])
  if (!pid || !(await isPostgres(pid))) return
  throw new UserError(`the data in ${dataDir} is in use by another PostgreSQL (process ${pid}); stop that Waggle first.`)
}

async function isPostgres(pid) {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (error.code !== 'EPERM') return false
  }
  // After a restart of the machine the number can belong to anything; elsewhere than on Linux we cannot look.
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => 'postgres')
  return command.includes('postgres')
}

/**
 * Starts the embedded PostgreSQL.
 * @param {{ dataDir: string, port?: number, durable: boolean, onProgress?: (line: string) => void }} options
 *   `port` is free when not given; `durable: false` is for data that nobody will miss.
 * @returns {Promise<{ url: string, stop(): Promise<void> }>}
 * @throws {UserError}
 */
export async function startDatabase({ dataDir, port, durable, onProgress = () => {} }) {
  await assertVersion(dataDir)
  await assertUnused(dataDir)
  if (port) await assertPortFree(port, 'POSTGRES_PORT')
  try {
    return await startPostgres({ dataDir, port: port || (await freePort()), ...LOCAL_USER, durable, onProgress })
  } catch (error) {
    throw new UserError(`the embedded PostgreSQL could not be started: ${firstLine(error)}.`)
  }
}
