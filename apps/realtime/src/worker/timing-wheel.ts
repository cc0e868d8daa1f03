/**
 * Many deadlines on one timer: each stands in the slot of the tick it falls into, so that setting and
 * taking back cost the same however many there are. A deadline is up to one tick late, never early.
 */
export class TimingWheel<T> {
  readonly #slots: Set<T>[]
  readonly #tickMs: number
  readonly #due: (item: T) => void
  readonly #place = new Map<T, Set<T>>()
  #timer: NodeJS.Timeout | undefined
  #at = 0

  /** @param longestMs no deadline is further away. @param due called once per item whose time has come. */
  constructor(longestMs: number, tickMs: number, due: (item: T) => void) {
    this.#tickMs = tickMs
    this.#slots = Array.from({ length: Math.ceil(longestMs / tickMs) + 2 }, () => new Set())
    this.#due = due
  }

  get size(): number {
    return this.#place.size
  }

  /** Sets or moves the deadline of `item`. */
  set(item: T, inMs: number): void {
    this.delete(item)
    const ticks = Math.min(Math.ceil(inMs / this.#tickMs) + 1, this.#slots.length - 1)
    const slot = this.#slots[(this.#at + ticks) % this.#slots.length] as Set<T>
    slot.add(item)
    this.#place.set(item, slot)
    this.#timer ??= setInterval(() => this.#tick(), this.#tickMs).unref()
  }

  delete(item: T): void {
    this.#place.get(item)?.delete(item)
    this.#place.delete(item)
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  #tick(): void {
    this.#at = (this.#at + 1) % this.#slots.length
    const slot = this.#slots[this.#at] as Set<T>
    const items = [...slot]
    slot.clear()
    for (const item of items) this.#place.delete(item)
    for (const item of items) this.#due(item)
    if (this.#place.size === 0) this.stop()
  }
}
