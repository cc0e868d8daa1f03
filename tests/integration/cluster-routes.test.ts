import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../_util/databases.ts'
import { createAgent, createMerchant, createTraveler } from '../_util/fixtures.ts'
import { startNode, type TestNode } from '../_util/nodes.ts'
import { connect, tokenFor } from '../_util/sockets.ts'

let node: TestNode
let url: string

beforeAll(async () => {
  url = await createTestDatabase()
  node = await startNode({ DATABASE_URL: url, NODE_ID: 'only-one' })
})
afterAll(() => node.stop('end of test'))

test('an administrator sees where a person is connected, others do not', async () => {
  const { id } = await createMerchant(url)
  const [agent, traveler] = [await createAgent(url, id), await createTraveler(url, id)]
  const admin = { ...agent, role: 'admin' as const }
  const get = async (actor: typeof agent, path: string) =>
    fetch(node.url + path, { headers: { authorization: `Bearer ${await tokenFor(actor)}` } })
  using widget = await connect(node.url, traveler, { platform: 'ios' }, { 'user-agent': 'Phone/1' })
  const connections = async () => (await get(admin, `/v1/admin/connections?uid=${traveler.id}`)).json()
  expect(await connections()).toEqual({
    items: [
      expect.objectContaining({
        connectionId: widget.socket.id,
        nodeId: 'only-one',
        role: 'traveler',
        platform: 'ios',
        userAgent: 'Phone/1',
        channel: 'websocket',
      }),
    ],
  })
  expect((await get(agent, `/v1/admin/connections?uid=${traveler.id}`)).status).toBe(403)
  expect((await get(traveler, `/v1/admin/connections?uid=${traveler.id}`)).status).toBe(403)
  expect((await get(admin, '/v1/admin/connections?uid=x')).status).toBe(422)
  expect((await get(admin, '/v1/admin/nodes')).status).toBe(403)
  const nodes = await get({ ...agent, role: 'platform-admin' as const }, '/v1/admin/nodes')
  expect(await nodes.json()).toMatchObject({ items: [{ nodeId: 'only-one', roles: ['worker', 'dispatcher'] }] })
})
