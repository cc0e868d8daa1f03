import type { Message } from '@waggle/shared'
import type { Head, LoggedDelivery } from '../cluster/deliveries.ts'

/** A worker that asks every few seconds finds everything; what it missed for longer, its clients fetch. */
const KEEP_MS = 30_000
/** At a kilobyte each: some 20 MB. */
const KEEP_ENTRIES = 20_000

interface Entry extends LoggedDelivery {
  at: number
}

/**
 * What this dispatcher has published in the last half minute, so that workers can find what Redis did
 * not bring them. [DLV5] [DLV7] In order of publishing, numbered from 1; gone when the process goes.
 */
export class DeliveryLog {
  #entries: Entry[] = []
  #lastN = 0
  readonly #now: () => number

  /** @param now milliseconds of a clock that never goes back. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now
  }

  add(delivery: Omit<LoggedDelivery, 'n' | 'ageMs'>): void {
    const at = this.#now()
    this.#entries.push({ ...delivery, n: ++this.#lastN, ageMs: 0, at })
    if (this.#entries.length > KEEP_ENTRIES * 1.25 || (this.#entries[0] as Entry).at < at - KEEP_MS * 1.25) {
      this.#entries = this.#entries.slice(-KEEP_ENTRIES).filter((entry) => entry.at > at - KEEP_MS)
    }
  }

  /** The newest message of each conversation after `after` that is old enough to have arrived. */
  heads(after: number, minAgeMs: number): { next: number; heads: Head[] } {
    const heads = new Map<string, Head>()
    let next = after
    for (const { n, ageMs, rooms, except, name, payload } of this.#after(after)) {
      if (ageMs < minAgeMs) break
      next = n
      if (name !== 'message:new') continue
      const { conversationId, seq } = (payload as { message: Message }).message
      // A note is two deliveries of one seq, to different rooms.
      const key = `${conversationId} ${rooms[0]}`
      heads.set(key, { n, ageMs, rooms, conversationId, seq, ...(except === undefined ? {} : { except }) })
    }
    return { next, heads: [...heads.values()] }
  }

  /** Whole deliveries after `after`, at most `limit`. */
  since(after: number, limit: number): { next: number; deliveries: LoggedDelivery[] } {
    const deliveries = this.#after(after).slice(0, limit)
    return { next: deliveries.at(-1)?.n ?? Math.max(after, 0), deliveries }
  }

  /** Those that are still here. */
  pick(ns: readonly number[]): LoggedDelivery[] {
    const first = this.#entries[0]?.n ?? 1
    return ns.flatMap((n) => {
      const entry = this.#entries[n - first]
      return entry ? [this.#told(entry)] : []
    })
  }

  #after(after: number): LoggedDelivery[] {
    const first = this.#entries[0]?.n ?? 1
    const oldest = this.#now() - KEEP_MS
    return this.#entries
      .slice(Math.max(0, after + 1 - first))
      .filter(({ at }) => at > oldest)
      .map((entry) => this.#told(entry))
  }

  #told({ at, ...delivery }: Entry): LoggedDelivery {
    return { ...delivery, ageMs: this.#now() - at }
  }
}
