import type { Message } from '@waggle/shared'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ServerSocket } from '../socket-server.ts'
import { PendingAcks } from './pending-acks.ts'

const RULES = { timeoutMs: 18_000, resends: 3 }

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function setup() {
  const givenUp: ServerSocket[] = []
  const acks = new PendingAcks(RULES, (socket) => givenUp.push(socket))
  const connect = (id: string) => {
    const emitted: number[] = []
    const emit = (_event: string, { message }: { message: Message }) => emitted.push(message.seq)
    const socket = { id, data: { actor: { id } }, emit } as unknown as ServerSocket
    return { socket, emitted, push: (seq: number, from = 'other') => acks.pushed(socket, message(seq, from)) }
  }
  return { acks, givenUp, connect }
}

const message = (seq: number, from: string, conversationId = 'c') =>
  ({ conversationId, seq, sender: { id: from } }) as unknown as Message

test('[DLV2] a push without an ack is repeated three times, then the connection is given up', async () => {
  const { acks, givenUp, connect } = setup()
  const { socket, emitted, push } = connect('me')
  push(1)
  await vi.advanceTimersByTimeAsync(17_900)
  expect(emitted).toEqual([])
  await vi.advanceTimersByTimeAsync(3_000)
  expect(emitted).toEqual([1])
  await vi.advanceTimersByTimeAsync(2 * 20_000)
  expect(emitted).toEqual([1, 1, 1])
  expect(givenUp).toEqual([])
  await vi.advanceTimersByTimeAsync(20_000)
  expect(givenUp).toEqual([socket])
  acks.forget(socket)
  expect([acks.waiting, acks.connections, vi.getTimerCount()]).toEqual([0, 0, 0])
})

test('[DLV2] an ack counts for everything before it, and only in its conversation', async () => {
  const { acks, connect } = setup()
  const { socket, emitted, push } = connect('me')
  for (const seq of [1, 2, 3]) push(seq)
  acks.pushed(socket, message(7, 'other', 'd'))
  acks.acked(socket, 'c', 2)
  await vi.advanceTimersByTimeAsync(20_000)
  expect(emitted).toEqual([7, 3])
  acks.acked(socket, 'c', 3)
  acks.acked(socket, 'd', 7)
  expect(acks.waiting).toBe(0)
})

test('one’s own message on another device is not waited for', () => {
  const { acks, connect } = setup()
  connect('me').push(1, 'me')
  expect(acks.waiting).toBe(0)
})

test('[DLV2] acks of any shape do nothing wrong', () => {
  const { acks, connect } = setup()
  const { socket, push } = connect('me')
  push(1)
  for (const wrong of [undefined, null, '1', {}, Number.NaN, -1]) acks.acked(socket, 'c', wrong)
  acks.acked(socket, undefined, 1)
  expect(acks.waiting).toBe(1)
})

test('[DLV2] 10,000 connections that come and go leave nothing behind', () => {
  const { acks, connect } = setup()
  for (let round = 0; round < 5; round++) {
    const people = Array.from({ length: 10_000 }, (_, index) => connect(`p${index}`))
    for (const { push } of people) push(round + 1)
    expect(acks.waiting).toBe(10_000)
    for (const { socket } of people) acks.forget(socket)
    expect([acks.waiting, acks.connections]).toEqual([0, 0])
  }
})
