import type { Actor, EventPage } from '@waggle/shared'
import { viewerOf } from './actor.ts'
import type { EventFeed } from './ports.ts'

/** How often a node looks whether a merchant that is being waited for has news. */
const POLL_MS = 200
const PAGE = 100
/** Seconds a request may be held open: below the idle timeout of common proxies (60 s). */
export const MAX_WAIT_SECONDS = 50

interface Watched {
  end: string | undefined
  waiters: Set<() => void>
}

/** The feed with long-polling: however many wait for a merchant, one small query per node and tick looks. */
export class Events {
  readonly #feed: EventFeed
  readonly #onError: (error: unknown) => void
  readonly #watched = new Map<string, Watched>()
  #timer: NodeJS.Timeout | undefined
  #closed = false

  constructor(feed: EventFeed, onError: (error: unknown) => void) {
    this.#feed = feed
    this.#onError = onError
  }

  /**
   * @param after `next` of the answer before; null begins at the beginning.
   * @param waitSeconds how long an empty answer is held back for something to happen.
   * @param signal aborted when the one who asked has gone.
   * @throws WaggleError `invalid_input` on `after`.
   */
  async read(actor: Actor, after: string | null, waitSeconds: number, signal?: AbortSignal): Promise<EventPage> {
    const deadline = Date.now() + Math.min(waitSeconds, MAX_WAIT_SECONDS) * 1000
    for (;;) {
      const page = await this.#feed.read(viewerOf(actor), after, PAGE)
      const left = deadline - Date.now()
      if (page.items.length > 0 || left <= 0 || signal?.aborted || this.#closed) return page
      await this.#news(actor.merchantId, left, signal)
    }
  }

  /** Answers everybody who waits, so that the server can stop. */
  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
    for (const { waiters } of this.#watched.values()) for (const wake of waiters) wake()
  }

  #news(merchantId: string, ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const watched = this.#watched.get(merchantId) ?? { end: undefined, waiters: new Set() }
      this.#watched.set(merchantId, watched)
      const wake = () => {
        clearTimeout(timeout)
        signal?.removeEventListener('abort', wake)
        watched.waiters.delete(wake)
        if (watched.waiters.size === 0) this.#watched.delete(merchantId)
        resolve()
      }
      const timeout = setTimeout(wake, ms)
      signal?.addEventListener('abort', wake)
      watched.waiters.add(wake)
      this.#schedule()
    })
  }

  #schedule(): void {
    if (this.#closed || this.#watched.size === 0) return
    this.#timer ??= setTimeout(() => {
      this.#look()
        .catch(this.#onError)
        .finally(() => {
          this.#timer = undefined
          this.#schedule()
        })
    }, POLL_MS)
  }

  async #look(): Promise<void> {
    for (const [merchantId, watched] of this.#watched) {
      const end = await this.#feed.end(merchantId)
      // The first look has nothing to compare with: what came between the read and it would be missed.
      if (end !== watched.end) for (const wake of [...watched.waiters]) wake()
      watched.end = end
    }
  }
}
