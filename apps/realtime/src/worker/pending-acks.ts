import type { Message } from '@waggle/shared'
import type { ServerSocket } from '../socket-server.ts'
import { TimingWheel } from './timing-wheel.ts'

export interface AckRules {
  /** Milliseconds without an ack until a push is repeated. */
  timeoutMs: number
  /** Repeats before the connection is given up. */
  resends: number
}

/** Kept per conversation and connection; one that does not even ack a few is not sent more of the same. */
const MAX_WAITING = 50
const TICKS_PER_TIMEOUT = 18

/** One conversation on one connection. */
interface Lane {
  socket: ServerSocket
  conversationId: string
  /** Pushed and not acknowledged, by rising seq. */
  waiting: Message[]
  resent: number
  /** The highest seq that was pushed. */
  pushed: number
}

/**
 * Which pushes nobody has acknowledged yet. [DLV2] Acks are cumulative per conversation. Everything hangs
 * on the connection and goes with it.
 */
export class PendingAcks {
  readonly #rules: AckRules
  readonly #giveUp: (socket: ServerSocket) => void
  readonly #wheel: TimingWheel<Lane>
  readonly #lanes = new Map<ServerSocket, Map<string, Lane>>()

  /** @param giveUp called for a connection that acknowledged nothing after the last repeat. */
  constructor(rules: AckRules, giveUp: (socket: ServerSocket) => void) {
    this.#rules = rules
    this.#giveUp = giveUp
    this.#wheel = new TimingWheel(rules.timeoutMs, rules.timeoutMs / TICKS_PER_TIMEOUT, (lane) => this.#late(lane))
  }

  /** Lanes that wait for an ack. */
  get waiting(): number {
    return this.#wheel.size
  }

  /** Connections that something is remembered of. */
  get connections(): number {
    return this.#lanes.size
  }

  /** A message leaves for this connection. One's own, on another device, is not waited for. */
  pushed(socket: ServerSocket, message: Message): void {
    const lane = this.#lane(socket, message.conversationId)
    const known = lane.pushed >= message.seq
    lane.pushed = Math.max(lane.pushed, message.seq)
    if (known || message.sender.id === socket.data.actor.id) return
    if (lane.waiting.length === 0) {
      lane.resent = 0
      this.#wheel.set(lane, this.#rules.timeoutMs)
    }
    if (lane.waiting.length < MAX_WAITING) lane.waiting.push(message)
  }

  /** @param seq everything up to it has arrived. Untrusted: anything that is not a number does nothing. */
  acked(socket: ServerSocket, conversationId: unknown, seq: unknown): void {
    const lane = this.#lanes.get(socket)?.get(String(conversationId))
    if (!lane || typeof seq !== 'number') return
    const before = lane.waiting.length
    lane.waiting = lane.waiting.filter((message) => !(message.seq <= seq))
    if (lane.waiting.length === before) return
    lane.resent = 0
    if (lane.waiting.length === 0) this.#wheel.delete(lane)
    else this.#wheel.set(lane, this.#rules.timeoutMs)
  }

  /** Whether this message, or a later one of its conversation, has left for the connection. */
  hasLeft(socket: ServerSocket, conversationId: string, seq: number): boolean {
    return (this.#lanes.get(socket)?.get(conversationId)?.pushed ?? 0) >= seq
  }

  forget(socket: ServerSocket): void {
    for (const lane of this.#lanes.get(socket)?.values() ?? []) this.#wheel.delete(lane)
    this.#lanes.delete(socket)
  }

  stop(): void {
    this.#wheel.stop()
  }

  #lane(socket: ServerSocket, conversationId: string): Lane {
    let lanes = this.#lanes.get(socket)
    if (!lanes) {
      lanes = new Map()
      this.#lanes.set(socket, lanes)
    }
    let lane = lanes.get(conversationId)
    if (!lane) {
      lane = { socket, conversationId, waiting: [], resent: 0, pushed: 0 }
      lanes.set(conversationId, lane)
    }
    return lane
  }

  #late(lane: Lane): void {
    if (lane.resent >= this.#rules.resends) {
      this.#giveUp(lane.socket)
      return
    }
    lane.resent++
    this.#wheel.set(lane, this.#rules.timeoutMs)
    for (const message of lane.waiting) lane.socket.emit('message:new', { message })
  }
}
