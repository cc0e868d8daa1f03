import pg from 'pg'
import { firstLine, UserError } from './user-error.mjs'

const CONNECT_MS = 5_000

/** Where a URL points, without the password. */
function place(url) {
  const { hostname, port, pathname } = new URL(url)
  return { address: `${hostname}:${port || 5432}`, database: decodeURIComponent(pathname.slice(1)) || 'postgres' }
}

/** What PostgreSQL or the network said, in words about the setting. */
function reason(error, url) {
  const { address, database } = place(url)
  const user = decodeURIComponent(new URL(url).username) || 'the current user'
  switch (error.code) {
    case 'ECONNREFUSED':
      return `DATABASE_URL points to ${address}, where no PostgreSQL answers.`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `DATABASE_URL names the host ${new URL(url).hostname}, which cannot be found.`
    case '28P01':
    case '28000':
      return `DATABASE_URL was refused by ${address}: the password for ${user} is wrong or the user may not sign in.`
    case '3D000':
      return `DATABASE_URL names the database ${database}, which does not exist on ${address}.`
    default:
      return `DATABASE_URL cannot be used (${address}): ${firstLine(error)}.`
  }
}

/**
 * Connects, runs `work` with the connection and lets go.
 * @template T
 * @param {string} url
 * @param {(client: pg.Client) => Promise<T>} work
 * @throws {UserError} saying what is wrong with DATABASE_URL.
 */
async function withConnection(url, work) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MS })
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (error) {
    // A host with two addresses fails with both errors in one.
    throw new UserError(reason(error.errors?.[0] ?? error, url))
  }
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}

/**
 * @param {string} url of DATABASE_URL
 * @throws {UserError} when it cannot be used.
 */
export const assertDatabase = (url) => withConnection(url, (client) => client.query('SELECT 1'))

/**
 * What a migrated database holds.
 * @param {string} url
 * @returns {Promise<'empty' | 'demo' | 'own'>} `empty` without any merchant, `demo` with a demo merchant.
 */
export async function databaseContent(url) {
  const sql = 'SELECT count(*)::int AS merchants, count(*) FILTER (WHERE demo)::int AS demo FROM merchant'
  const { rows } = await withConnection(url, (client) => client.query(sql))
  if (rows[0].merchants === 0) return 'empty'
  return rows[0].demo > 0 ? 'demo' : 'own'
}
