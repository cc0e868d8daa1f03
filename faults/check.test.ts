import { expect, test } from 'vitest'
import { check } from './check.ts'
import type { Row, Step } from './history.ts'

const actors = new Map([['c', ['t', 'a']]])
const row = (seq: number, clientId = `m${seq}`): Row => ({ conversationId: 'c', seq, clientId, senderId: 't' })
const step = (op: Step['op'], actor: string, seq: number, clientId = `m${seq}`): Step => ({
  at: 0,
  op,
  actor,
  conversationId: 'c',
  clientId,
  seq,
})
const good = [1, 2].flatMap((seq) => [
  step('invoke', 't', seq),
  step('ack', 't', seq),
  step('show', 't', seq),
  step('show', 'a', seq),
])

test('a good history passes', () => {
  expect(check(good, [row(1), row(2)], actors)).toMatchObject({
    sent: 2,
    acknowledged: 2,
    lost: 0,
    doubled: 0,
    outOfOrder: 0,
    violations: [],
  })
})

test.each([
  ['lost', 'an acknowledged message is not in the table', good, [row(1)]],
  ['lost', 'somebody was never shown a message', good.slice(0, -1), [row(1), row(2)]],
  ['doubled', 'a send is stored twice', good, [row(1), row(2), row(3, 'm2')]],
  ['doubled', 'a message is shown twice', [...good, step('show', 'a', 2)], [row(1), row(2)]],
  ['doubled', 'a sender was told another seq', [...good, step('ack', 't', 1, 'm2')], [row(1), row(2)]],
  ['outOfOrder', 'an earlier message is shown after a later one', [...good].reverse(), [row(1), row(2)]],
  ['outOfOrder', 'the table has a hole', good, [row(1), row(3, 'm2')]],
] as const)('%s: %s', (kind, _what, steps, rows) => {
  expect(check(steps, rows, actors)[kind]).toBeGreaterThan(0)
})
