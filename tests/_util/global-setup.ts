import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { migrate } from '../../packages/database/src/index.ts'
import { startPostgres } from '../../scripts/lib/embedded-postgres.mjs'
import { freePort } from '../../scripts/lib/ports.mjs'
import { databaseNamed, run, TEMPLATE } from './postgres.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Of the maintenance database; see `createTestDatabase`. */
    postgresUrl: string
  }
}

/** One real PostgreSQL for the whole run, thrown away at its end. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = join(tmpdir(), `waggle-test-${process.pid}`)
  const server = await startPostgres({ dataDir, port: await freePort(), database: TEMPLATE, durable: false })
  await migrate({ url: server.url, directory: 'prisma/migrations' })
  const postgresUrl = databaseNamed(server.url, 'postgres')
  await run(postgresUrl, `ALTER DATABASE ${TEMPLATE} IS_TEMPLATE true`)
  project.provide('postgresUrl', postgresUrl)
  return async () => {
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}
