import { createWaggleClient, type WaggleClient } from '@waggle/client'
import type { Actor, MessagePage } from '@waggle/shared'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { startRedis, type TestRedis } from '../../apps/realtime/src/cluster/testing/redis-server.ts'
import { createTestDatabase } from '../_util/databases.ts'
import { createAgent, createMerchant, createTraveler } from '../_util/fixtures.ts'
import { ready, startNode, type TestNode } from '../_util/nodes.ts'
import { tokenFor } from '../_util/sockets.ts'

let redis: TestRedis
let url: string
const nodes: TestNode[] = []
const clients: WaggleClient[] = []

beforeAll(async () => {
  redis = await startRedis()
  url = await createTestDatabase()
  for (const WAGGLE_ROLES of ['worker', 'worker', 'dispatcher', 'dispatcher']) {
    nodes.push(await startNode({ DATABASE_URL: url, REDIS_URL: redis.url, WAGGLE_ROLES }))
  }
  await Promise.all(nodes.map((node) => ready(node.url)))
})
afterEach(() => {
  for (const client of clients.splice(0)) client.close()
})
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.stop('end of test')))
  await redis.stop()
})

function clientOf(actor: Actor, node: number): WaggleClient {
  const client = createWaggleClient({
    url: nodes[node]?.url ?? '',
    getToken: () => tokenFor(actor),
    platform: 'web',
    self: { kind: actor.kind as 'agent' | 'traveler', id: actor.id, name: actor.name },
    history: async (conversationId, { before, limit }) => {
      const query = new URLSearchParams({
        limit: String(limit),
        ...(before === undefined ? {} : { before: String(before) }),
      })
      const response = await fetch(`${nodes[2]?.url}/v1/conversations/${conversationId}/messages?${query}`, {
        headers: { authorization: `Bearer ${await tokenFor(actor)}` },
      })
      return (await response.json()) as MessagePage
    },
  })
  clients.push(client)
  return client
}

test('[DLV1] [DLV3] two clients on two workers: every message once, in order, with ticks', async () => {
  const { id } = await createMerchant(url)
  const [traveler, agent] = [await createTraveler(url, id), await createAgent(url, id)]
  const console_ = clientOf(agent, 0)
  const widget = clientOf(traveler, 1)
  await vi.waitUntil(() => console_.getSnapshot().connection === 'online')

  const got: string[] = []
  console_.on('message', ({ message }) => got.push((message.body as { text: string }).text))
  const { conversationId } = await widget.send({ kind: 'text', body: { text: '0' } }).done
  const sends = Array.from({ length: 40 }, (_, i) =>
    widget.send({ conversationId, kind: 'text', body: { text: String(i + 1) } }),
  )
  await Promise.all(sends.map(({ done }) => done))
  await vi.waitUntil(() => got.length === 41, { timeout: 10_000 })
  expect(got).toEqual(Array.from({ length: 41 }, (_, i) => String(i)))

  const last = () => widget.conversation(conversationId).getSnapshot().messages.at(-1)
  await widget.conversation(conversationId).open()
  await vi.waitUntil(() => last()?.tick === 'delivered')
  console_.conversation(conversationId).markRead(41)
  await vi.waitUntil(() => last()?.tick === 'read')
})

test('[DLV4] a client that was away has everything after it comes back', async () => {
  const { id } = await createMerchant(url)
  const [traveler, agent] = [await createTraveler(url, id), await createAgent(url, id)]
  const console_ = clientOf(agent, 0)
  await vi.waitUntil(() => console_.getSnapshot().connection === 'online')
  const widget = clientOf(traveler, 1)
  const { conversationId } = await widget.send({ kind: 'text', body: { text: 'first' } }).done
  await console_.conversation(conversationId).open()
  console_.close()
  for (let i = 0; i < 20; i++) await widget.send({ conversationId, kind: 'text', body: { text: `m${i}` } }).done
  console_.connect()
  const texts = () => console_.conversation(conversationId).getSnapshot().messages
  await vi.waitUntil(() => texts().length === 21, { timeout: 10_000 })
  expect(texts().map(({ seq }) => seq)).toEqual(Array.from({ length: 21 }, (_, i) => i + 1))
})

test('[TEN1] history of another merchant is not there', async () => {
  const { id } = await createMerchant(url)
  const widget = clientOf(await createTraveler(url, id), 0)
  const { conversationId } = await widget.send({ kind: 'text', body: { text: 'secret' } }).done
  const foreign = clientOf(await createAgent(url, (await createMerchant(url)).id), 1)
  await foreign.conversation(conversationId).open()
  expect(foreign.conversation(conversationId).getSnapshot().messages).toEqual([])
})
