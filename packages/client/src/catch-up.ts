import type { SyncedConversation } from '@waggle/shared'
import { limits } from '@waggle/shared/protocol'
import { backoff } from './backoff.ts'
import type { Conversation } from './conversation.ts'
import type { Transport } from './transport.ts'

/** Long enough for a message that was overtaken to arrive by itself, too short to be noticed. */
const GAP_MS = 30
const ANSWER_MS = 10_000
const RETRY_MS = 300
const RETRY_MAX_MS = 5_000

export interface CatchUpOptions {
  transport: Transport
  conversations(): Iterable<Conversation>
  /** @param asked whether this conversation's cursor was sent; the answer also names others of one's own. */
  onSynced(synced: SyncedConversation, asked: boolean): void
  random(): number
}

/** Asks for what was missed, until nothing is missing. [DLV3] [DLV4] */
export class CatchUp {
  readonly #options: CatchUpOptions
  #wanted = new Set<Conversation>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #running = false
  #failures = 0
  #online = false
  /** Counts connections: an answer from before the last break says nothing about now. */
  #epoch = 0

  constructor(options: CatchUpOptions) {
    this.#options = options
  }

  /** A gap was seen. */
  fill(conversation: Conversation): void {
    this.#wanted.add(conversation)
    this.#schedule(GAP_MS)
  }

  /** Connected: everything that is known is compared with the server. Resolves when this has been done. */
  async online(): Promise<void> {
    this.#online = true
    this.#epoch++
    this.#wanted = new Set(this.#options.conversations())
    clearTimeout(this.#timer)
    this.#timer = undefined
    await this.#run()
  }

  offline(): void {
    this.#online = false
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  all(afterMs: number): void {
    this.#wanted = new Set(this.#options.conversations())
    this.#schedule(afterMs)
  }

  #schedule(ms: number): void {
    if (this.#running || !this.#online) return
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      void this.#run()
    }, ms)
  }

  async #run(): Promise<void> {
    if (this.#running) return
    this.#running = true
    const epoch = this.#epoch
    let failed = false
    const asked = new Set<Conversation>()
    try {
      while (this.#wanted.size > 0 && this.#online) {
        const some = [...this.#wanted].slice(0, limits.syncConversations)
        for (const conversation of some) {
          this.#wanted.delete(conversation)
          asked.add(conversation)
        }
        await this.#ask(some)
      }
    } catch {
      failed = true
    }
    this.#running = false
    if (epoch !== this.#epoch && this.#online) return this.#run()
    for (const conversation of this.#options.conversations()) {
      if (!conversation.timeline.gap) continue
      this.#wanted.add(conversation)
      // Asked and not filled: asking at once again would not help.
      if (asked.has(conversation)) failed = true
    }
    this.#failures = failed ? this.#failures + 1 : 0
    if (this.#wanted.size === 0) return
    const wait = failed ? backoff(this.#failures, RETRY_MS, RETRY_MAX_MS, this.#options.random) : GAP_MS
    this.#schedule(wait)
  }

  async #ask(conversations: Conversation[]): Promise<void> {
    const known = conversations.filter(({ timeline }) => timeline.known)
    if (known.length === 0) return
    const cursors = Object.fromEntries(known.map(({ id, timeline }) => [id, timeline.applied]))
    try {
      const answer = await this.#options.transport.request('conversation:sync', { cursors }, ANSWER_MS)
      if (!answer.ok) throw new Error(answer.error.code)
      for (const synced of answer.conversations) this.#options.onSynced(synced, Object.hasOwn(cursors, synced.id))
    } catch (error) {
      for (const conversation of known) this.#wanted.add(conversation)
      throw error
    }
  }
}
