import { startPostgres } from './embedded-postgres.mjs'
import { assertPortFree, freePort } from './ports.mjs'
import { firstLine, UserError } from './user-error.mjs'

/**
 * Starts the embedded PostgreSQL on a chosen or a free port.
 * @param {{ dataDir: string, port?: number, durable: boolean, onProgress?: (line: string) => void }} options
 *   `durable: false` is for data that nobody will miss.
 * @returns {ReturnType<typeof startPostgres>}
 * @throws {UserError}
 */
export async function startDatabase({ dataDir, port, durable, onProgress = () => {} }) {
  if (port) await assertPortFree(port, 'POSTGRES_PORT')
  try {
    return await startPostgres({ dataDir, port: port || (await freePort()), durable, onProgress })
  } catch (error) {
    if (error instanceof UserError) throw error
    throw new UserError(`the embedded PostgreSQL could not be started: ${firstLine(error)}.`)
  }
}
