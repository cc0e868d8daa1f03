import { expect, test } from 'vitest'
import { DeliveryLog } from './delivery-log.ts'

function setup() {
  let now = 0
  const log = new DeliveryLog(() => now)
  const add = (conversationId: string, seq: number, room = `person:${conversationId}`) =>
    log.add({ rooms: [room], name: 'message:new', payload: { message: { conversationId, seq } } })
  return { log, add, wait: (ms: number) => (now += ms) }
}

test('[DLV5] heads are the newest of each conversation, once they are old enough', () => {
  const { log, add, wait } = setup()
  add('a', 1)
  add('b', 5)
  add('a', 2)
  wait(600)
  add('a', 3)
  const { next, heads } = log.heads(0, 500)
  expect(heads.map(({ conversationId, seq }) => [conversationId, seq])).toEqual([
    ['a', 2],
    ['b', 5],
  ])
  expect(next).toBe(3)
  wait(600)
  expect(log.heads(next, 500).heads).toMatchObject([{ conversationId: 'a', seq: 3, n: 4 }])
})

test('[DLV7] whole deliveries come in pieces, in order, each once', () => {
  const { log, add } = setup()
  for (let seq = 1; seq <= 5; seq++) add('a', seq)
  const first = log.since(0, 3)
  const rest = log.since(first.next, 3)
  expect([...first.deliveries, ...rest.deliveries].map(({ n }) => n)).toEqual([1, 2, 3, 4, 5])
  expect(log.since(rest.next, 3)).toEqual({ next: 5, deliveries: [] })
})

test('what is older than half a minute is forgotten', () => {
  const { log, add, wait } = setup()
  for (let seq = 1; seq <= 50_000; seq++) add('a', seq)
  expect(log.since(0, 100_000).deliveries.length).toBeLessThanOrEqual(25_000)
  wait(31_000)
  expect(log.since(0, 10).deliveries).toEqual([])
  add('a', 50_001)
  expect(log.pick([50_001, 3])).toMatchObject([{ n: 50_001 }])
})
