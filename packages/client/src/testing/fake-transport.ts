import type { Message, ServerToClient } from '@waggle/shared'
import { noAnswer } from '../request-error.ts'
import type { AnsweredEvent, AnswerOf, ConnectionState, PayloadOf, PlainEvent, Transport } from '../transport.ts'

interface Asked {
  event: string
  payload: never
  answer(result: object): void
  lose(): void
}

/** A connection in the hands of a test: nothing happens unless the test says so. */
export class FakeTransport implements Transport {
  readonly asked: Asked[] = []
  readonly sent: { event: string; payload: unknown }[] = []
  renewed = 0
  readonly #listeners = new Map<string, (payload: never) => void>()
  #onState: (state: ConnectionState, retryAt: number | null) => void = () => {}

  connect(): void {}
  disconnect(): void {}
  wake(): void {}
  renew(): void {
    this.renewed++
  }

  request<E extends AnsweredEvent>(event: E, payload: PayloadOf<E>): Promise<AnswerOf<E>> {
    return new Promise((resolve, reject) => {
      this.asked.push({
        event,
        payload: payload as never,
        answer: (result) => resolve(result as AnswerOf<E>),
        lose: () => reject(noAnswer()),
      })
    })
  }

  send<E extends PlainEvent>(event: E, payload: PayloadOf<E>): void {
    this.sent.push({ event, payload })
  }

  onPush<E extends keyof ServerToClient>(event: E, listener: ServerToClient[E]): void {
    this.#listeners.set(event, listener as (payload: never) => void)
  }

  onState(listener: (state: ConnectionState, retryAt: number | null) => void): void {
    this.#onState = listener
  }

  state(state: ConnectionState): void {
    if (state !== 'online') for (const asked of this.asked.splice(0)) asked.lose()
    this.#onState(state, null)
  }

  push<E extends keyof ServerToClient>(event: E, payload: Parameters<ServerToClient[E]>[0]): void {
    this.#listeners.get(event)?.(payload as never)
  }

  /** The oldest unanswered request of this kind. */
  take(event: string): Asked {
    const index = this.asked.findIndex((asked) => asked.event === event)
    const [asked] = index === -1 ? [] : this.asked.splice(index, 1)
    if (!asked) throw new Error(`no ${event} was asked`)
    return asked
  }
}

export function message(conversationId: string, seq: number, senderId: string, text = `m${seq}`): Message {
  return {
    id: `id-${conversationId}-${seq}`,
    conversationId,
    seq,
    clientId: `client-${conversationId}-${seq}`,
    sender: { kind: 'traveler', id: senderId, name: senderId },
    createdAt: '2026-11-24T00:00:00.000Z',
    kind: 'text',
    body: { text },
  }
}
