import type { Message, MessagePage } from '@waggle/shared'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createWaggleClient } from './client.ts'
import { FakeTransport, message } from './testing/fake-transport.ts'
import type { ClientOptions } from './types.ts'

const C = 'conversation-1'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function setup(options: Partial<ClientOptions> = {}) {
  const transport = new FakeTransport()
  const client = createWaggleClient({
    url: '',
    getToken: async () => '',
    platform: 'web',
    self: { kind: 'agent', id: 'me', name: 'Me' },
    transport,
    random: () => 0,
    ...options,
  })
  const seen: number[] = []
  client.on('message', ({ message }) => seen.push(message.seq))
  const texts = (id = C) =>
    client
      .conversation(id)
      .getSnapshot()
      .messages.map(({ content }) => (content.body as { text: string }).text)
  const ticks = (id = C) =>
    client
      .conversation(id)
      .getSnapshot()
      .messages.map(({ tick }) => tick)
  return { transport, client, seen, texts, ticks }
}

const flush = () => vi.advanceTimersByTimeAsync(0)

/** The server's answer to a send: what was asked, with a seq. */
function accepted(payload: { conversationId?: string; clientId: string; kind: string; body: object }, seq: number) {
  const { conversationId = C, clientId, kind, body } = payload
  const sender = { kind: 'agent', id: 'me', name: 'Me' }
  const createdAt = '2026-11-24T00:00:00.000Z'
  return { ok: true, message: { id: `id${seq}`, conversationId, seq, clientId, sender, kind, body, createdAt } }
}

const text = (words: string) => ({ conversationId: C, kind: 'text' as const, body: { text: words } })

function historyOf(messages: Message[]): ClientOptions['history'] {
  return async (_id, { before = Number.POSITIVE_INFINITY, limit }): Promise<MessagePage> => {
    const older = messages.filter(({ seq }) => seq < before)
    return { items: older.slice(-limit), hasMore: older.length > limit }
  }
}

describe('sending', () => {
  test('[SEND1] a send without an answer is repeated with the same clientId', async () => {
    const { transport, client } = setup()
    transport.state('online')
    const { clientId, done } = client.send(text('hello'))
    transport.take('message:send').lose()
    await vi.advanceTimersByTimeAsync(1_000)
    const again = transport.take('message:send')
    expect(again.payload).toMatchObject({ clientId })
    again.answer(accepted(again.payload, 1))
    expect((await done).seq).toBe(1)
    expect(client.getSnapshot().pending).toBe(0)
  })

  test('[SEND1] what was sent before a break goes again at once after it', async () => {
    const { transport, client } = setup()
    transport.state('online')
    const { clientId } = client.send(text('hello'))
    transport.state('connecting')
    await flush()
    expect(client.getSnapshot().pending).toBe(1)
    transport.state('online')
    expect(transport.take('message:send').payload).toMatchObject({ clientId })
  })

  test('one conversation sends in order, one after the other; another does not wait for it', async () => {
    const { transport, client } = setup()
    transport.state('online')
    client.send(text('first'))
    client.send(text('second'))
    client.send({ ...text('elsewhere'), conversationId: 'other' })
    const sends = () => transport.asked.filter(({ event }) => event === 'message:send')
    expect(sends().map(({ payload }) => (payload as { body: { text: string } }).body.text)).toEqual([
      'first',
      'elsewhere',
    ])
    const first = transport.take('message:send')
    first.answer(accepted(first.payload, 1))
    await flush()
    expect(sends()).toHaveLength(2)
  })

  test('a refused send fails with its reason, can be retried and taken back', async () => {
    const { transport, client, ticks } = setup()
    transport.state('online')
    const { clientId, done } = client.send(text('bad word'))
    const asked = transport.take('message:send')
    asked.answer({ ok: false, error: { code: 'message_blocked', message: 'no', retryable: false } })
    await expect(done).rejects.toMatchObject({ code: 'message_blocked' })
    expect(ticks()).toEqual(['failed'])
    client.retry(clientId)
    expect(ticks()).toEqual(['pending'])
    transport
      .take('message:send')
      .answer({ ok: false, error: { code: 'message_blocked', message: 'no', retryable: false } })
    await flush()
    expect(client.discard(clientId)).toEqual({ kind: 'text', body: { text: 'bad word' } })
    expect(ticks()).toEqual([])
  })

  test('a refused token is renewed and the send waits', async () => {
    const { transport, client } = setup()
    transport.state('online')
    client.send(text('hello'))
    transport
      .take('message:send')
      .answer({ ok: false, error: { code: 'token_expired', message: '', retryable: false } })
    await flush()
    expect(transport.renewed).toBe(1)
    expect(client.getSnapshot().pending).toBe(1)
  })

  test('the outbox survives a reload', async () => {
    const stored = new Map<string, string>()
    const storage = {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => void stored.set(key, value),
      removeItem: (key: string) => void stored.delete(key),
    }
    const before = setup({ storage })
    const { clientId } = before.client.send(text('written offline'))
    const after = setup({ storage })
    expect(after.client.getSnapshot().pending).toBe(1)
    after.transport.state('online')
    const asked = after.transport.take('message:send')
    expect(asked.payload).toMatchObject({ clientId })
    asked.answer(accepted(asked.payload, 1))
    await flush()
    expect(stored.size).toBe(0)
  })

  test('the first message of a traveler is shown all the way into its conversation', async () => {
    const { transport, client, texts } = setup()
    transport.state('online')
    client.send({ kind: 'text', body: { text: 'hi' } })
    expect(client.unplaced()).toHaveLength(1)
    const asked = transport.take('message:send')
    asked.answer(accepted(asked.payload, 1))
    await flush()
    expect(client.unplaced()).toHaveLength(0)
    expect(texts()).toEqual(['hi'])
  })

  test('ticks follow the other side’s marks', async () => {
    const { transport, client, ticks } = setup()
    transport.state('online')
    client.send(text('hello'))
    client.conversation(C).open()
    expect(ticks()).toEqual(['pending'])
    const asked = transport.take('message:send')
    asked.answer(accepted(asked.payload, 1))
    await flush()
    expect(ticks()).toEqual(['sent'])
    const mark = { conversationId: C, participantId: 't', kind: 'traveler' as const }
    transport.push('receipt:updated', { ...mark, deliveredSeq: 1, readSeq: 0 })
    expect(ticks()).toEqual(['delivered'])
    transport.push('receipt:updated', { ...mark, deliveredSeq: 1, readSeq: 1 })
    expect(ticks()).toEqual(['read'])
    transport.push('receipt:updated', { ...mark, deliveredSeq: 0, readSeq: 0 })
    expect(ticks()).toEqual(['read'])
  })
})

test('every message sent before a read mark has its tick, notes too', async () => {
  const { transport, client, ticks } = setup()
  transport.state('online')
  await client.conversation(C).open()
  client.send({ conversationId: C, kind: 'note', body: { text: 'between us' } })
  client.send(text('hello'))
  for (const seq of [1, 2]) {
    const asked = transport.take('message:send')
    asked.answer(accepted(asked.payload, seq))
    await flush()
    client.conversation(C).getSnapshot()
  }
  const mark = { conversationId: C, participantId: 't', kind: 'traveler' as const }
  transport.push('receipt:updated', { ...mark, deliveredSeq: 2, readSeq: 2 })
  expect(ticks()).toEqual(['read', 'read'])
})

describe('receiving', () => {
  test('[DLV3] doubles are dropped, order is kept, a gap is filled', async () => {
    const { transport, client, seen, texts } = setup({ history: historyOf([message(C, 1, 't')]) })
    transport.state('online')
    await client.conversation(C).open()
    const push = (seq: number) => transport.push('message:new', { message: message(C, seq, 't') })
    push(2)
    push(2)
    push(4)
    push(5)
    expect(seen).toEqual([2])
    await vi.advanceTimersByTimeAsync(30)
    const sync = transport.take('conversation:sync')
    expect(sync.payload).toEqual({ cursors: { [C]: 2 } })
    sync.answer({
      ok: true,
      conversations: [{ id: C, head: 5, messages: [3, 4, 5].map((seq) => message(C, seq, 't')), participants: [] }],
    })
    await flush()
    expect(seen).toEqual([2, 3, 4, 5])
    expect(texts()).toEqual(['m1', 'm2', 'm3', 'm4', 'm5'])
  })

  test('[DLV3] a message that was only overtaken needs no question', async () => {
    const { transport, client, seen } = setup()
    transport.state('online')
    client.track(C, 1)
    transport.push('message:new', { message: message(C, 3, 't') })
    transport.push('message:new', { message: message(C, 2, 't') })
    expect(seen).toEqual([2, 3])
  })

  test('[DLV1] what was received is acknowledged, once for many', async () => {
    const { transport, client } = setup()
    transport.state('online')
    client.track(C, 0)
    for (const seq of [1, 2, 3]) transport.push('message:new', { message: message(C, seq, 't') })
    await flush()
    expect(transport.sent).toEqual([{ event: 'message:ack', payload: { conversationId: C, seq: 3 } }])
    for (const seq of [4, 5]) {
      transport.push('message:new', { message: message(C, seq, 't') })
      await flush()
    }
    expect(transport.sent).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(200)
    expect(transport.sent.slice(1)).toEqual([{ event: 'message:ack', payload: { conversationId: C, seq: 5 } }])
  })

  test('[DLV4] after a break everything missed is fetched before lists are called stale', async () => {
    const { transport, client, seen } = setup()
    const stale = vi.fn()
    client.on('conversations-stale', stale)
    transport.state('online')
    client.track(C, 2)
    await flush()
    transport.state('connecting')
    transport.state('online')
    await flush()
    expect(stale).not.toHaveBeenCalled()
    const sync = transport.take('conversation:sync')
    expect(sync.payload).toEqual({ cursors: { [C]: 2 } })
    sync.answer({
      ok: true,
      conversations: [{ id: C, head: 4, messages: [3, 4].map((seq) => message(C, seq, 't')), participants: [] }],
    })
    await flush()
    expect(seen).toEqual([3, 4])
    expect(stale).toHaveBeenCalledTimes(1)
  })

  test('[DLV4] too far behind: the newest page is loaded anew', async () => {
    const all = Array.from({ length: 400 }, (_, i) => message(C, i + 1, 't'))
    const visible = all.slice(0, 100)
    const { transport, client, texts } = setup({
      history: (id, range) => historyOf(visible)?.(id, range) as Promise<MessagePage>,
    })
    transport.state('online')
    await client.conversation(C).open()
    visible.push(...all.slice(100))
    transport.state('connecting')
    transport.state('online')
    await flush()
    transport
      .take('conversation:sync')
      .answer({ ok: true, conversations: [{ id: C, head: 400, reset: true, participants: [] }] })
    await flush()
    expect(texts().at(-1)).toBe('m400')
    expect(texts()).toHaveLength(50)
    await client.conversation(C).loadOlder()
    expect(texts()[0]).toBe('m301')
  })

  test('a failed catch-up is tried again', async () => {
    const { transport, client } = setup()
    client.track(C, 2)
    transport.state('online')
    await flush()
    transport.take('conversation:sync').lose()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(transport.take('conversation:sync').payload).toEqual({ cursors: { [C]: 2 } })
  })

  test('a gap that the server does not fill is asked for ever more slowly', async () => {
    const { transport, client } = setup()
    transport.state('online')
    client.track(C, 1)
    transport.push('message:new', { message: message(C, 3, 't') })
    let asked = 0
    for (let ms = 0; ms < 10_000; ms += 10) {
      await vi.advanceTimersByTimeAsync(10)
      for (const each of transport.asked.splice(0)) {
        if (each.event === 'conversation:sync') asked++
        each.answer({ ok: true, conversations: [] })
      }
    }
    expect(asked).toBeGreaterThan(2)
    expect(asked).toBeLessThan(12)
  })

  test('own messages from another tab come in and are not acknowledged', async () => {
    const { transport, client, seen } = setup()
    transport.state('online')
    client.track(C, 0)
    transport.push('message:new', { message: message(C, 1, 'me') })
    await flush()
    expect(seen).toEqual([1])
    expect(transport.sent).toEqual([])
  })

  test('hidden places use up their seq and show nothing', async () => {
    const { transport, client, seen, texts } = setup({ history: historyOf([]) })
    transport.state('online')
    await client.conversation(C).open()
    const hidden = { ...message(C, 1, 'x'), kind: 'event', body: { event: 'hidden' } } as Message
    transport.push('message:new', { message: hidden })
    transport.push('message:new', { message: message(C, 2, 't') })
    expect(texts()).toEqual(['m2'])
    expect(seen).toEqual([2])
  })

  test('typing ends by itself, and when the message comes', async () => {
    const { transport, client } = setup()
    transport.state('online')
    const typing = () =>
      client
        .conversation(C)
        .getSnapshot()
        .typing.map(({ id }) => id)
    const participant = { kind: 'traveler' as const, id: 't', name: 'T' }
    client.conversation(C)
    transport.push('conversation:typing', { conversationId: C, participant, on: true })
    expect(typing()).toEqual(['t'])
    await vi.advanceTimersByTimeAsync(6_000)
    expect(typing()).toEqual([])
    transport.push('conversation:typing', { conversationId: C, participant, on: true })
    transport.push('message:new', { message: message(C, 1, 't') })
    expect(typing()).toEqual([])
  })
})

test('a snapshot keeps its identity until something changes', async () => {
  const { transport, client } = setup({ history: historyOf([message(C, 1, 't')]) })
  transport.state('online')
  const conversation = client.conversation(C)
  await conversation.open()
  const before = conversation.getSnapshot()
  expect(conversation.getSnapshot()).toBe(before)
  transport.push('message:new', { message: message(C, 2, 't') })
  const after = conversation.getSnapshot()
  expect(after).not.toBe(before)
  expect(after.messages[0]).toBe(before.messages[0])
})
