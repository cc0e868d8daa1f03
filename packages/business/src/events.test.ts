import { type Actor, type FeedEvent, uuidv7 } from '@waggle/shared'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Events } from './events.ts'

const actor: Actor = { kind: 'partner', id: uuidv7(), merchantId: uuidv7(), role: 'partner', name: 'orders' }

function setup() {
  const rows: FeedEvent[] = []
  const read = vi.fn(async (_viewer: unknown, cursor: string | null) => {
    const from = Number(cursor ?? 0)
    return { items: rows.slice(from), next: String(rows.length) }
  })
  const end = vi.fn(async () => String(rows.length))
  const events = new Events({ read, end }, (error) => {
    throw error
  })
  const happen = () =>
    void rows.push({ id: uuidv7(), kind: 'message.created', conversationId: uuidv7(), createdAt: '' })
  return { events, happen, read, end }
}

describe('the event feed', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('answers at once when there is something', async () => {
    const { events, happen } = setup()
    happen()
    expect((await events.read(actor, null, 30)).items).toHaveLength(1)
  })

  test('holds an empty answer back until something happens', async () => {
    const { events, happen } = setup()
    const answer = events.read(actor, null, 30)
    await vi.advanceTimersByTimeAsync(5_000)
    happen()
    await vi.advanceTimersByTimeAsync(500)
    expect((await answer).items).toHaveLength(1)
  })

  test('answers empty when the time is over', async () => {
    const { events } = setup()
    const answer = events.read(actor, null, 2)
    await vi.advanceTimersByTimeAsync(2_500)
    expect(await answer).toEqual({ items: [], next: '0' })
  })

  test('however many wait, one query per tick looks', async () => {
    const { events, happen, end } = setup()
    const answers = Array.from({ length: 50 }, () => events.read(actor, null, 30))
    await vi.advanceTimersByTimeAsync(2_000)
    expect(end.mock.calls.length).toBeLessThanOrEqual(11)
    happen()
    await vi.advanceTimersByTimeAsync(500)
    for (const { items } of await Promise.all(answers)) expect(items).toHaveLength(1)
  })

  test('who goes away leaves nothing behind, and closing answers who waits', async () => {
    const { events } = setup()
    const gone = new AbortController()
    const first = events.read(actor, null, 30, gone.signal)
    const second = events.read(actor, null, 30)
    await vi.advanceTimersByTimeAsync(10)
    gone.abort()
    expect((await first).items).toEqual([])
    events.close()
    expect((await second).items).toEqual([])
    expect(vi.getTimerCount()).toBe(0)
  })
})
