import { WaggleError } from '@waggle/shared'
import pg from 'pg'

/**
 * Without limits of its own the pool waits for ever on a database that hangs. A sender is told
 * within these that the message is not safe yet; the client keeps it.
 */
const CONNECT_MS = 2_000
const QUERY_MS = 2_000

export interface PoolOptions {
  url: string
  size: number
  /** Shown in pg_stat_activity. */
  name: string
  /** More run-time parameters of the sessions, as `-c name=value`. */
  parameters?: string
}

/** A pool whose sessions commit with a flush [SEND2] and never wait without end. */
export function createPool({ url, size, name, parameters = '' }: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    application_name: `waggle ${name}`,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: QUERY_MS + 500,
    statement_timeout: QUERY_MS,
    idle_in_transaction_session_timeout: 3_000,
    options: `-c synchronous_commit=on ${parameters}`,
    keepAlive: true,
  })
  // An idle session that the server ends is replaced by the next query; without a listener it would end the process.
  pool.on('error', () => {})
  return pool
}

/** One statement. @throws WaggleError `unavailable` when the database is away. */
export async function query<R extends pg.QueryResultRow>(
  pool: Pick<pg.Pool, 'query'>,
  text: string,
  values: unknown[],
): Promise<pg.QueryResult<R>> {
  try {
    return await pool.query<R>(text, values)
  } catch (error) {
    throw translated(error)
  }
}

/** Runs statements in one transaction; rolls back when `work` rejects. */
export async function transaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch((error) => {
    throw translated(error)
  })
  let broken: Error | undefined
  try {
    await client.query('BEGIN')
    const result = await work(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch((failure: Error) => {
      broken = failure
    })
    throw translated(error)
  } finally {
    client.release(broken)
  }
}

/** SQLSTATE classes of a database that is away, starting, stopping, full or too slow. */
const awayStates = /^(08|53|57|58)/
const awayCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'EAI_AGAIN',
])
const awayMessages = /timeout|terminated|not queryable|connection (ended|error)|cannot use a pool after/i

/** Whether the database, not the statement, is to blame. */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code } = error as { code?: string }
  if (code !== undefined) return awayCodes.has(code) || awayStates.test(code)
  return awayMessages.test(error.message)
}

/** An error of the database as one of ours, where it is one that a caller can act on. */
export function translated(error: unknown): unknown {
  return isAway(error) ? new WaggleError('unavailable', undefined, { cause: error }) : error
}
