import { type Actor, uuidv7 } from '@waggle/shared'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Delivery } from './deliveries.ts'
import type { Mark } from './ports.ts'
import { Receipts } from './receipts.ts'

const merchantId = uuidv7()
const conversationId = uuidv7()
const traveler: Actor = { kind: 'traveler', id: uuidv7(), merchantId, role: 'traveler', name: 'Lin' }
const agentId = uuidv7()

function setup() {
  const flushes: Mark[][] = []
  const delivered: Delivery[] = []
  const errors: unknown[] = []
  let fail = false
  const store = {
    advance: async (marks: Mark[]) => {
      if (fail) throw new Error('the database is away')
      flushes.push(structuredClone(marks))
      return marks.map(({ merchantId, ...update }) => ({
        merchantId,
        update,
        audience: { travelerId: traveler.id, agentIds: [agentId], assigned: true, watched: false },
      }))
    },
  }
  const receipts = new Receipts(
    store,
    (deliveries) => void delivered.push(...deliveries),
    (error) => void errors.push(error),
  )
  return { receipts, flushes, delivered, errors, break: () => (fail = true), mend: () => (fail = false) }
}

describe('receipts', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('marks of one person in one conversation are one mark, the highest', async () => {
    const { receipts, flushes, delivered } = setup()
    for (const seq of [1, 3, 2]) receipts.delivered(traveler, { conversationId, seq })
    void receipts.read(traveler, { conversationId, seq: 2 })
    await vi.advanceTimersByTimeAsync(50)
    expect(flushes).toHaveLength(1)
    expect(flushes[0]).toMatchObject([{ deliveredSeq: 3, readSeq: 2, participantId: traveler.id }])
    expect(delivered[0]?.event).toMatchObject({ name: 'receipt:updated', payload: { deliveredSeq: 3, readSeq: 2 } })
  })

  test('a flush that fails is merged into the next and loses nothing', async () => {
    const { receipts, flushes, errors, ...database } = setup()
    database.break()
    receipts.delivered(traveler, { conversationId, seq: 5 })
    await vi.advanceTimersByTimeAsync(50)
    expect(errors).toHaveLength(1)
    database.mend()
    receipts.delivered(traveler, { conversationId, seq: 4 })
    await vi.advanceTimersByTimeAsync(100)
    expect(flushes).toMatchObject([[{ deliveredSeq: 5 }]])
  })

  test('closing writes what is pending', async () => {
    const { receipts, flushes } = setup()
    receipts.delivered(traveler, { conversationId, seq: 1 })
    await receipts.close()
    expect(flushes).toHaveLength(1)
  })

  test('a wrong cursor is refused with its field', () => {
    const { receipts } = setup()
    expect(() => receipts.delivered(traveler, { conversationId, seq: -1 })).toThrow(
      expect.objectContaining({ code: 'invalid_input', field: 'seq' }),
    )
  })
})
