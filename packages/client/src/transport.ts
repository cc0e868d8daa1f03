import type { ClientToServer, ServerToClient } from '@waggle/shared'

/**
 * `offline`: an attempt failed and the next one is coming. `suspended`: the server refuses for a while.
 * `signed-out`: no token is accepted any more; only `connect()` tries again.
 */
export type ConnectionState = 'connecting' | 'online' | 'offline' | 'suspended' | 'signed-out'

export type PayloadOf<E extends keyof ClientToServer> = Parameters<ClientToServer[E]>[0]
export type AnswerOf<E extends keyof ClientToServer> =
  Parameters<ClientToServer[E]> extends [unknown, (result: infer R) => void] ? R : never
/** Events that the server answers, and those it does not. */
export type AnsweredEvent = {
  [E in keyof ClientToServer]: Parameters<ClientToServer[E]>['length'] extends 2 ? E : never
}[keyof ClientToServer]
export type PlainEvent = Exclude<keyof ClientToServer, AnsweredEvent>

/** What the client needs of a socket. Keeps itself connected between `connect` and `disconnect`. */
export interface Transport {
  connect(): void
  disconnect(): void
  /** The network is said to be back: an attempt that waits is made now. */
  wake(): void
  /** Connects again with a new token. */
  renew(): void
  /** @throws RequestError when not connected, cut meanwhile, or not answered within `timeoutMs` milliseconds. */
  request<E extends AnsweredEvent>(event: E, payload: PayloadOf<E>, timeoutMs: number): Promise<AnswerOf<E>>
  /** Lost when not connected. */
  send<E extends PlainEvent>(event: E, payload: PayloadOf<E>): void
  onPush<E extends keyof ServerToClient>(event: E, listener: ServerToClient[E]): void
  /** `retryAt`: Unix milliseconds of the next attempt, when one is planned. */
  onState(listener: (state: ConnectionState, retryAt: number | null) => void): void
}
