import { inject } from 'vitest'
import { databaseNamed, run, TEMPLATE } from './postgres.ts'

let made = 0

/**
 * An empty, migrated database that nobody else uses. Goes with the server at the end of the run.
 * @returns its URL.
 */
export async function createTestDatabase(): Promise<string> {
  const server = inject('postgresUrl')
  const name = `test_${process.pid}_${Date.now()}_${++made}`
  await run(server, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`)
  return databaseNamed(server, name)
}
