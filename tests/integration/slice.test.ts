import { type Actor, uuidv7 } from '@waggle/shared'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startRedis, type TestRedis } from '../../apps/realtime/src/cluster/testing/redis-server.ts'
import { createTestDatabase } from '../_util/databases.ts'
import { createAgent, createMerchant, createTraveler } from '../_util/fixtures.ts'
import { ready, startNode, type TestNode } from '../_util/nodes.ts'
import { connect, tokenFor } from '../_util/sockets.ts'

const shapes = {
  'one process': ['worker,dispatcher'],
  'three workers and two dispatchers': ['worker', 'worker', 'worker', 'dispatcher', 'dispatcher'],
}

describe.each(Object.entries(shapes))('%s', (_name, roles) => {
  let redis: TestRedis
  let url: string
  const nodes: TestNode[] = []

  beforeAll(async () => {
    redis = await startRedis()
    url = await createTestDatabase()
    for (const WAGGLE_ROLES of roles) {
      const settings: Record<string, string> = { DATABASE_URL: url, WAGGLE_ROLES }
      if (roles.length > 1) settings.REDIS_URL = redis.url
      nodes.push(await startNode(settings))
    }
    // What a load balancer does: a worker gets clients when it knows a dispatcher.
    await Promise.all(nodes.map(({ url }) => ready(url)))
  })
  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.stop('end of test')))
    await redis.stop()
  })

  const workers = () => nodes.filter((_, index) => roles[index]?.includes('worker'))
  /** A worker's URL; the second is another process where there is one. */
  const worker = (index: number) => workers()[index % workers().length]?.url ?? ''
  const text = (body: string, extra: object = {}) => ({
    clientId: uuidv7(),
    kind: 'text',
    body: { text: body },
    ...extra,
  })

  async function people(): Promise<{ merchantId: string; agent: Actor; traveler: Actor }> {
    const { id } = await createMerchant(url)
    return { merchantId: id, agent: await createAgent(url, id), traveler: await createTraveler(url, id) }
  }

  test('a traveler asks, the agent sees it at once and answers, both see ticks', async () => {
    const { agent, traveler } = await people()
    using console_ = await connect(worker(0), agent)
    using widget = await connect(worker(1), traveler)
    using secondTab = await connect(worker(2), traveler)
    await console_.next('agent:presence')

    const sent = await widget.ask('message:send', text('还有房间吗?'))
    expect(sent).toMatchObject({ ok: true, message: { seq: 1, body: { text: '还有房间吗?' } } })
    const { message } = await console_.next('message:new')
    expect(message).toMatchObject({ seq: 1, sender: { kind: 'traveler', id: traveler.id } })
    const { conversation } = await console_.next('conversation:updated')
    expect(conversation.assignee?.id).toBe(agent.id)
    expect((await secondTab.next('message:new')).message.id).toBe(message.id)
    expect(widget.all('message:new')).toEqual([])

    const { conversationId } = message
    console_.socket.emit('message:ack', { conversationId, seq: 1 })
    await widget.next('receipt:updated', (receipt) => receipt.deliveredSeq === 1 && receipt.readSeq === 0)
    await console_.ask('conversation:read', { conversationId, seq: 1 })
    await widget.next('receipt:updated', (receipt) => receipt.readSeq === 1)

    console_.socket.emit('conversation:typing', { conversationId, on: true })
    expect((await widget.next('conversation:typing')).participant.id).toBe(agent.id)
    const answer = await console_.ask('message:send', text('Yes, two left.', { conversationId }))
    expect(answer).toMatchObject({ ok: true, message: { seq: 2 } })
    expect((await widget.next('message:new')).message.body).toEqual({ text: 'Yes, two left.' })
  })

  test('[SEND1] the same send again is answered with the same message', async () => {
    const { agent, traveler } = await people()
    using console_ = await connect(worker(0), agent)
    using widget = await connect(worker(1), traveler)
    const send = text('once')
    const [first, again] = [await widget.ask('message:send', send), await widget.ask('message:send', send)]
    expect(again).toEqual(first)
    const third = await widget.ask('message:send', text('twice'))
    expect(third).toMatchObject({ message: { seq: 2 } })
    await console_.next('message:new', ({ message }) => message.seq === 2)
  })

  test('[SEND3] messages of a busy thread arrive in the order of seq', async () => {
    const { agent, traveler } = await people()
    using console_ = await connect(worker(0), agent)
    using widget = await connect(worker(1), traveler)
    await widget.ask('message:send', text('0'))
    for (let i = 1; i <= 60; i++) widget.socket.emit('message:send', text(String(i)), () => {})
    await console_.next('message:new', ({ message }) => message.seq === 61)
    const seqs = console_.all('message:new').map(({ message }) => message.seq)
    expect([...seqs].sort((a, b) => a - b)).toEqual(Array.from({ length: 61 }, (_, i) => i + 1))
  })

  test('nobody online: the conversation waits and is assigned when somebody comes', async () => {
    const { agent, traveler } = await people()
    using widget = await connect(worker(0), traveler)
    await widget.ask('message:send', text('anybody there?'))
    const waiting = await widget.next('conversation:updated')
    expect(waiting.conversation.assignee).toBeNull()
    using console_ = await connect(worker(1), agent)
    const given = await widget.next('conversation:updated', ({ conversation }) => conversation.assignee !== null)
    expect(given.conversation.assignee?.id).toBe(agent.id)
    expect(given.conversation.assignmentReason).toBeNull()
    const told = await console_.next('conversation:updated')
    expect(told.conversation.assignmentReason).toMatch(/fewest/)
  })

  test('[MOD1] a new word is in force on every node within a second', async () => {
    const { agent, traveler } = await people()
    const dispatchers = nodes.filter((_, index) => roles[index]?.includes('dispatcher'))
    using widget = await connect(worker(1), traveler)
    using console_ = await connect(worker(0), agent)
    await widget.ask('message:send', text('加V信聊'))
    // Every dispatcher has the list without the word by now, or will load it with it.
    for (const _ of dispatchers) await widget.ask('message:send', text('hello'))
    const admin = await createAgent(url, agent.merchantId, { role: 'admin' })
    const response = await postAs(admin, dispatchers[0]?.url ?? '', '/v1/admin/words', {
      text: '加V信',
      action: 'block',
    })
    expect(response.status).toBe(201)
    const changed = Date.now()
    await expect
      .poll(async () => {
        const answers = await Promise.all(dispatchers.map(() => widget.ask('message:send', text('加V信聊'))))
        return answers.every((answer) => !answer.ok && answer.error.code === 'message_blocked')
      })
      .toBe(true)
    expect(Date.now() - changed).toBeLessThan(1_000)

    await postAs(admin, dispatchers[0]?.url ?? '', '/v1/admin/words', { text: 'damn', action: 'mask' })
    await expect
      .poll(async () => {
        const answers = await Promise.all(dispatchers.map(() => widget.ask('message:send', text('damn it'))))
        return answers.every((answer) => JSON.stringify(answer).includes('"**** it"'))
      })
      .toBe(true)
    await console_.next('message:new', ({ message }) => JSON.stringify(message.body) === '{"text":"**** it"}')
    const seen = console_.all('message:new').filter(({ message }) => JSON.stringify(message).includes('加V信'))
    // The first one, from before the word was listed, and those of the first second.
    for (const { message } of seen) expect(Date.parse(message.createdAt)).toBeLessThan(changed + 1_000)
  })

  test('[DLV1] an agent who only looks at a thread sees what is written there from then on', async () => {
    const { merchantId, agent, traveler } = await people()
    using console_ = await connect(worker(0), agent)
    await console_.next('agent:presence')
    using widget = await connect(worker(1), traveler)
    await widget.ask('message:send', text('first'))
    const { conversationId } = (await console_.next('message:new')).message
    using colleague = await connect(worker(2), await createAgent(url, merchantId))
    await colleague.ask('conversation:viewing', { conversationId })
    await widget.ask('message:send', text('second', { conversationId }))
    expect((await colleague.next('message:new')).message.body).toEqual({ text: 'second' })
  })

  test('[TEN1] people of one merchant never reach another', async () => {
    const [ours, theirs] = [await people(), await people()]
    using widget = await connect(worker(0), ours.traveler)
    using ourConsole = await connect(worker(0), ours.agent)
    using foreign = await connect(worker(1), theirs.agent)
    const sent = await widget.ask('message:send', text('secret'))
    const { conversationId } = (sent as unknown as { message: { conversationId: string } }).message
    const unknown = uuidv7()
    for (const [event, payload] of [
      ['message:send', text('hi', { conversationId })],
      ['conversation:typing', { conversationId, on: true }],
      ['conversation:viewing', { conversationId }],
    ] as const) {
      const refused = await foreign.ask(event, payload)
      const missing = await foreign.ask(event, { ...payload, conversationId: unknown })
      expect(refused).toMatchObject({ ok: false, error: { code: 'not_found' } })
      expect(refused).toEqual(missing)
    }
    expect(await foreign.ask('conversation:sync', { cursors: { [conversationId]: 0 } })).toEqual({
      ok: true,
      conversations: [],
    })
    await foreign.ask('conversation:read', { conversationId, seq: 1 })
    await ourConsole.next('message:new')
    expect(foreign.received.filter(({ name }) => name !== 'agent:presence')).toEqual([])
    expect(ourConsole.all('receipt:updated')).toEqual([])
  })

  async function postAs(actor: Actor, base: string, path: string, body: object): Promise<Response> {
    const token = await tokenFor(actor)
    return fetch(base + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  }
})
