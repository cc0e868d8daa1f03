import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { accepted, C, flush, historyOf, setup, text } from './testing/client-setup.ts'
import { message } from './testing/fake-transport.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

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

  test('[SEND4] one conversation sends in order, one after the other; another does not wait for it', async () => {
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

  test('[SEND4] a refused send fails with its reason, can be retried and taken back', async () => {
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

  test('[SEND4] a send whose answer was lost and that a page of history shows is shown once, as sent', async () => {
    const clientId = '01890000-0000-7000-8000-000000000001'
    const mine = { ...message(C, 1, 'me', 'hello'), clientId }
    const { transport, client, texts, ticks } = setup({ history: historyOf([mine]) })
    transport.state('online')
    const { done } = client.send({ ...text('hello'), clientId })
    await client.conversation(C).open()
    expect(texts()).toEqual(['hello'])
    expect(ticks()).toEqual(['sent'])
    expect((await done).seq).toBe(1)
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

  test('[SEND4] the outbox survives a reload', async () => {
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

  test('[SEND4] ticks follow the other side’s marks', async () => {
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
