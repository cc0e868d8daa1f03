import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../_util/databases.ts'
import { startNode, type TestNode } from '../_util/nodes.ts'

let node: TestNode
beforeAll(async () => {
  node = await startNode({ DATABASE_URL: await createTestDatabase() })
})
afterAll(() => node.stop('end of test'))

test('docs/openapi.json is what a node says of itself (npm run openapi writes it)', async () => {
  const live = await (await fetch(`${node.url}/v1/openapi.json`)).json()
  expect(JSON.parse(await readFile('docs/openapi.json', 'utf8'))).toEqual(live)
})

test('every operation says what it is for, and none but the described answer', async () => {
  const { paths } = (await (await fetch(`${node.url}/v1/openapi.json`)).json()) as {
    paths: Record<string, Record<string, { summary?: string; tags?: string[] }>>
  }
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, ...operation })),
  )
  expect(operations.length).toBeGreaterThan(20)
  expect(operations.filter(({ summary, tags }) => !summary || !tags?.length)).toEqual([])
})

test('a node says whether it lives and whether it may get traffic', async () => {
  expect((await fetch(`${node.url}/healthz`)).status).toBe(200)
  expect((await fetch(`${node.url}/readyz`)).status).toBe(200)
})
