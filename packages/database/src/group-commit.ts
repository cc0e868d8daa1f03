import type { MessageDraft, Persisted } from '@waggle/business'
import { uuidv7, WaggleError } from '@waggle/shared'
import type pg from 'pg'
import { appendMessages, type Entry } from './append-messages.ts'
import { isAway, translated } from './pool.ts'

/** One statement holds at most this many: it keeps a flush at a few milliseconds. */
const MAX_BATCH = 500
/** After a flush of so many, the next waits this many milliseconds and carries more: a statement costs more than its rows. */
const BUSY = 5
const PAUSE_MS = 6
/** A waiting line this long means the database is not keeping up; more would only be answered too late. */
const MAX_WAITING = 20_000
/** A conflict with another node ends with the first try after it; more than a few mean something else. */
const MAX_TRIES = 5

/** SQLSTATE: unique_violation, serialization_failure, deadlock_detected. */
const conflicts = new Set(['23505', '40001', '40P01'])

interface Waiting extends Entry {
  resolve(result: Persisted): void
  reject(error: unknown): void
}

/**
 * Messages that come while a flush is under way wait for it and are written together by the next,
 * so that a busy node pays for one flush and an idle one does not wait at all. Conversations are
 * spread over lanes; within a lane flushes follow one another, which keeps a conversation's order.
 */
export class GroupCommit {
  readonly #lanes: Lane[]

  /** @param lanes flushes under way at once; as many connections of `pool` are used. */
  constructor(pool: pg.Pool, lanes: number) {
    this.#lanes = Array.from({ length: lanes }, () => new Lane(pool))
  }

  /**
   * Resolves after the commit. [SEND2]
   * @throws WaggleError `not_found`: no such conversation, or not the sender's. `unavailable`: not known to be written; send again.
   */
  append(draft: MessageDraft): Promise<Persisted> {
    // The last hex digits of a UUIDv7 are random.
    const lane = this.#lanes[Number.parseInt(draft.conversationId.slice(-4), 16) % this.#lanes.length] as Lane
    return lane.append(draft)
  }

  /** Resolves when nothing is waiting any more. */
  async drain(): Promise<void> {
    await Promise.all(this.#lanes.map((lane) => lane.drain()))
  }
}

class Lane {
  readonly #pool: pg.Pool
  #waiting: Waiting[] = []
  #running: Promise<void> | undefined

  constructor(pool: pg.Pool) {
    this.#pool = pool
  }

  append(draft: MessageDraft): Promise<Persisted> {
    if (this.#waiting.length >= MAX_WAITING) return Promise.reject(new WaggleError('unavailable'))
    return new Promise((resolve, reject) => {
      this.#waiting.push({ id: uuidv7(), draft, resolve, reject })
      this.#running ??= this.#run()
    })
  }

  async drain(): Promise<void> {
    await this.#running
  }

  async #run(): Promise<void> {
    // What arrives in the same turn of the event loop goes with the first flush.
    await new Promise((resolve) => setImmediate(resolve))
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, MAX_BATCH)
      await this.#flush(batch)
      if (batch.length >= BUSY) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
    this.#running = undefined
  }

  async #flush(batch: Waiting[]): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        const results = await appendMessages(this.#pool, batch)
        batch.forEach((entry, index) => {
          const result = results[index]
          if (result) entry.resolve(result)
          else entry.reject(new WaggleError('not_found', undefined, { field: 'conversationId' }))
        })
        return
      } catch (error) {
        const { code } = error as { code?: string }
        if (conflicts.has(code ?? '') && tries < MAX_TRIES) continue
        if (batch.length > 1 && !isAway(error)) return this.#apart(batch)
        for (const entry of batch) entry.reject(translated(error))
        return
      }
    }
  }

  /** One of them cannot be written; the others must not suffer for it. */
  async #apart(batch: Waiting[]): Promise<void> {
    for (const entry of batch) await this.#flush([entry])
  }
}
