import { type Actor, uuidv7 } from '@waggle/shared'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { startRedis, type TestRedis } from '../../apps/realtime/src/cluster/testing/redis-server.ts'
import { createTestDatabase } from '../_util/databases.ts'
import { createAgent, createMerchant, createTraveler } from '../_util/fixtures.ts'
import { ready, startNode, type TestNode } from '../_util/nodes.ts'
import { connect, type TestSocket } from '../_util/sockets.ts'

let redis: TestRedis
let url: string
const nodes: TestNode[] = []

beforeAll(async () => {
  redis = await startRedis()
  url = await createTestDatabase()
  for (const WAGGLE_ROLES of ['worker,dispatcher', 'worker,dispatcher']) {
    const settings = { DATABASE_URL: url, REDIS_URL: redis.url, WAGGLE_ROLES, ACK_TIMEOUT_MS: '400', ACK_RESENDS: '2' }
    nodes.push(await startNode(settings))
  }
  await Promise.all(nodes.map(({ url }) => ready(url)))
  // A new node is used within a second. [NODE1]
  await vi.waitUntil(() => nodes.every((node) => node.nodes().length === 2))
})
afterAll(async () => {
  redis.resume()
  await Promise.all(nodes.map((node) => node.stop('end of test')))
  await redis.stop()
})

const worker = (index: number) => nodes[index]?.url ?? ''
const text = (body: string, conversationId?: string) => ({
  clientId: uuidv7(),
  kind: 'text',
  body: { text: body },
  ...(conversationId ? { conversationId } : {}),
})

/** A traveler on one node and the agent who has their thread on the other. */
async function talk() {
  const { id } = await createMerchant(url)
  const agent = await createAgent(url, id)
  const console_ = await connect(worker(0), agent)
  await console_.next('agent:presence')
  const widget = await connect(worker(1), await createTraveler(url, id))
  await widget.ask('message:send', text('first'))
  const { conversationId } = (await console_.next('message:new')).message
  acknowledging(console_)
  console_.socket.emit('message:ack', { conversationId, seq: 1 })
  return { agent, console_, widget, conversationId }
}

function acknowledging({ socket }: TestSocket): void {
  socket.on('message:new', ({ message }) => {
    socket.emit('message:ack', { conversationId: message.conversationId, seq: message.seq })
  })
}

/** Milliseconds until somebody has the message. */
async function arrival(at: TestSocket, words: string): Promise<number> {
  const from = performance.now()
  await vi.waitUntil(
    () => at.all('message:new').some(({ message }) => (message.body as { text: string }).text === words),
    {
      timeout: 10_000,
      interval: 10,
    },
  )
  return performance.now() - from
}

describe('Redis', () => {
  afterEach(() => redis.resume())

  test('[DLV7] frozen: sends are acknowledged at once and delivered within 3 s by the direct way', async () => {
    const { console_, widget, conversationId } = await talk()
    using _a = console_
    using _b = widget
    redis.pause()
    for (const words of ['during 1', 'during 2']) {
      const from = performance.now()
      expect(await widget.ask('message:send', text(words, conversationId))).toMatchObject({ ok: true })
      expect(performance.now() - from).toBeLessThan(500)
      expect(await arrival(console_, words)).toBeLessThan(3_000)
    }
    redis.resume()
    await widget.ask('message:send', text('after', conversationId))
    expect(await arrival(console_, 'after')).toBeLessThan(3_000)
    // A Redis that wakes up brings the old ones too; a client drops them by seq. [DLV3]
    const seqs = new Set(console_.all('message:new').map(({ message }) => message.seq))
    expect([...seqs]).toEqual([1, 2, 3, 4])
  }, 30_000)

  test('[DLV7] frozen: a first message opens its thread and finds the agent', async () => {
    const { agent, console_, widget } = await talk()
    using _a = console_
    using _b = widget
    redis.pause()
    using second = await connect(worker(1), await createTraveler(url, agent.merchantId))
    expect(await second.ask('message:send', text('new here'))).toMatchObject({ ok: true })
    expect(await arrival(console_, 'new here')).toBeLessThan(3_000)
  }, 30_000)

  test('[NODE1] wiped: nodes keep finding each other and the registry is rebuilt', async () => {
    const { agent, console_, widget, conversationId } = await talk()
    using _a = console_
    using _b = widget
    await redis.restart()
    await widget.ask('message:send', text('after the wipe', conversationId))
    expect(await arrival(console_, 'after the wipe')).toBeLessThan(5_000)
    using second = await connect(worker(1), await createTraveler(url, agent.merchantId))
    await second.ask('message:send', text('new after the wipe'))
    expect(await arrival(console_, 'new after the wipe')).toBeLessThan(5_000)
  }, 30_000)
})

describe('a connection', () => {
  test('[DLV2] that acknowledges nothing gets it again, then is told to come back', async () => {
    const { agent, widget, conversationId } = await talk()
    using _w = widget
    using silent = await connect(worker(0), agent)
    await widget.ask('message:send', text('anybody there?', conversationId))
    const { reason, retryInMs } = await silent.next('session:closing')
    expect(reason).toBe('ack-timeout')
    expect(retryInMs).toBeLessThanOrEqual(1_000)
    expect(silent.all('message:new').map(({ message }) => message.seq)).toEqual([2, 2, 2])
    await vi.waitUntil(() => !silent.socket.connected)
  })

  test('[SLOW1] that does not read is cut within 10 s, and nobody else notices', async () => {
    const { agent, console_, widget, conversationId } = await talk()
    using _a = console_
    using _b = widget
    const slow = await connect(worker(0), agent)
    const gone = new Promise<Actor['id']>((resolve) => slow.socket.on('disconnect', resolve))
    // Stops reading from the kernel: what is sent piles up on the server.
    const engine = slow.socket.io.engine as unknown as {
      transport: { ws: { _socket: { pause(): void; resume(): void } } }
    }
    const below = engine.transport.ws._socket
    below.pause()
    const long = 'x'.repeat(4_900)
    const from = performance.now()
    let sent = 0
    while (performance.now() - from < 8_000 && sent < 1_500) {
      await Promise.all(
        Array.from({ length: 20 }, () => widget.ask('message:send', text(long, conversationId)).then(() => sent++)),
      )
    }
    await widget.ask('message:send', text('last', conversationId))
    expect(await arrival(console_, 'last')).toBeLessThan(2_000)
    below.resume()
    await gone
    expect(slow.all('message:new').length).toBeLessThan(sent)
  }, 30_000)
})
