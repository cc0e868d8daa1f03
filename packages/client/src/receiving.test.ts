import type { Message, MessagePage } from '@waggle/shared'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { C, flush, historyOf, setup } from './testing/client-setup.ts'
import { message } from './testing/fake-transport.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
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

  test('[DLV2] what is sent again because its ack got lost is acknowledged again and shown once', async () => {
    const { transport, client, seen } = setup()
    transport.state('online')
    client.track(C, 0)
    transport.push('message:new', { message: message(C, 1, 't') })
    await vi.advanceTimersByTimeAsync(18_000)
    transport.push('message:new', { message: message(C, 1, 't') })
    await flush()
    const ack = { event: 'message:ack', payload: { conversationId: C, seq: 1 } }
    expect(transport.sent).toEqual([ack, ack])
    expect(seen).toEqual([1])
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

  test('[DLV4] filling a gap in one conversation does not jump over what is on its way in another', async () => {
    const { transport, client, seen } = setup()
    transport.state('online')
    client.track(C, 0)
    client.track('other', 5)
    transport.push('message:new', { message: message(C, 2, 't') })
    await vi.advanceTimersByTimeAsync(30)
    const sync = transport.take('conversation:sync')
    expect(sync.payload).toEqual({ cursors: { [C]: 0 } })
    sync.answer({
      ok: true,
      conversations: [
        { id: C, head: 2, messages: [message(C, 1, 't'), message(C, 2, 't')], participants: [] },
        { id: 'other', head: 6, reset: true, participants: [] },
      ],
    })
    await flush()
    transport.push('message:new', { message: message('other', 6, 't') })
    expect(seen).toEqual([1, 2, 6])
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

  test('[DLV3] a page that is older than what was pushed meanwhile leaves no hole', async () => {
    const { transport, client, texts } = setup({ history: historyOf([message(C, 1, 't')]) })
    transport.state('online')
    const opened = client.conversation(C).open()
    transport.push('message:new', { message: message(C, 3, 't') })
    await opened
    await vi.advanceTimersByTimeAsync(30)
    const sync = transport.take('conversation:sync')
    expect(sync.payload).toEqual({ cursors: { [C]: 1 } })
    const messages = [2, 3].map((seq) => message(C, seq, 't'))
    sync.answer({ ok: true, conversations: [{ id: C, head: 3, messages, participants: [] }] })
    await flush()
    expect(texts()).toEqual(['m1', 'm2', 'm3'])
  })

  test('[DLV4] an empty older page from before a jump does not hide what was jumped over', async () => {
    const pages: ((page: MessagePage | Promise<never>) => void)[] = []
    const history = () => new Promise<MessagePage>((resolve) => pages.push(resolve))
    const { transport, client } = setup({ history })
    const conversation = client.conversation(C)
    transport.state('online')
    client.track(C, 0)
    void conversation.open()
    pages[0]?.(Promise.reject(new Error('no answer')))
    transport.push('message:new', { message: message(C, 1, 't') })
    await flush()
    void conversation.loadOlder()
    void conversation.open()
    pages[2]?.({ items: [7, 8].map((seq) => message(C, seq, 't')), hasMore: true })
    await flush()
    pages[1]?.({ items: [], hasMore: false })
    await flush()
    expect(conversation.getSnapshot().hasOlder).toBe(true)
  })

  test('[DLV1] what only a page brought, because its push was lost, is told and acknowledged', async () => {
    const { transport, client, seen } = setup({ history: historyOf([message(C, 1, 't'), message(C, 2, 't')]) })
    transport.state('online')
    client.track(C, 1)
    await client.conversation(C).open()
    expect(seen).toEqual([2])
    await flush()
    expect(transport.sent).toEqual([{ event: 'message:ack', payload: { conversationId: C, seq: 2 } }])
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
