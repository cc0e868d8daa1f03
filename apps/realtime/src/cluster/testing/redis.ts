import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import { afterAll, beforeAll } from 'vitest'
import { startRedis, type TestRedis } from './redis-server.ts'

/** A Redis and a client for the tests of one file, and a prefix that is used nowhere else. */
export function testRedis(): { url: () => string; client: () => Redis; prefix: () => string } {
  let server: TestRedis
  let client: Redis
  beforeAll(async () => {
    server = await startRedis()
    client = new Redis(server.url)
  })
  afterAll(async () => {
    client.disconnect()
    await server.stop()
  })
  return { url: () => server.url, client: () => client, prefix: () => `test-${randomUUID()}` }
}
