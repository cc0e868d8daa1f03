import type { Message } from '@waggle/shared'

/**
 * The messages of one conversation by seq: each once, in order, without holes. [DLV3]
 *
 * It holds (`floor`, `applied`]. What is at or below the floor is on the server; what arrives above
 * `applied` + 1 is held back until the hole before it is filled. A thread that nobody looks at keeps
 * only the numbers (`keep` is false), which is enough to notice a gap.
 *
 * Functions that take messages in return those that are new to this client, by rising seq: each
 * `seq` is returned at most once in the life of the object.
 */
export class Timeline {
  #messages: Message[] = []
  readonly #held = new Map<number, Message>()
  #known = false
  #floor = 0
  #applied = 0
  #head = 0
  #exhausted = false
  #keep = false
  /** Where watching began; what comes from below it was overtaken on its way, or is a repeat. */
  #since = 0
  readonly #late = new Set<number>()
  /** The highest seq that was returned as new. */
  #told = 0

  /** False until the first number is known: there is nothing to catch up from. */
  get known(): boolean {
    return this.#known
  }
  get floor(): number {
    return this.#floor
  }
  /** Everything up to here has been seen: the cursor of a catch-up. */
  get applied(): number {
    return this.#applied
  }
  /** The highest seq that is known to exist. */
  get head(): number {
    return this.#head
  }
  get gap(): boolean {
    return this.#known && this.#head > this.#applied
  }
  get hasOlder(): boolean {
    return !this.#exhausted && this.#floor > 0
  }
  /** Without holes, by rising seq. Not a copy. */
  get messages(): readonly Message[] {
    return this.#messages
  }
  /** Beyond a hole, by rising seq. */
  get held(): Message[] {
    return [...this.#held.values()].sort((a, b) => a.seq - b.seq)
  }

  /** From now on messages are kept and not only counted. */
  keep(): void {
    this.#keep = true
  }

  /** Everything up to `seq` counts as seen. No effect once a number is known. */
  start(seq: number): void {
    if (this.#known) return
    this.#known = true
    this.#floor = this.#applied = this.#since = this.#told = seq
    this.#head = Math.max(this.#head, seq)
  }

  /** The server says that this seq exists. */
  noteHead(seq: number): void {
    this.#head = Math.max(this.#head, seq)
  }

  /** A message that was pushed, synced or acknowledged. */
  insert(message: Message): Message[] {
    const { seq } = message
    this.start(seq - 1)
    this.noteHead(seq)
    if (seq > this.#applied) {
      if (!this.#held.has(seq)) this.#held.set(seq, message)
      return this.#drain()
    }
    return seq <= this.#since && this.#isNew(seq) ? [message] : []
  }

  /** Takes the place of an earlier version; a version of something not seen yet is the message itself. */
  update(message: Message): Message[] {
    if (!this.#known || message.seq > this.#applied) {
      this.#held.delete(message.seq)
      return this.insert(message)
    }
    const index = message.seq - this.#floor - 1
    if (index >= 0 && index < this.#messages.length) this.#messages[index] = message
    return []
  }

  /** The newest page of the history, by rising seq. `hasMore`: there are older ones. */
  newest(items: readonly Message[], hasMore: boolean): Message[] {
    const page = unbroken(items)
    const first = page[0]?.seq ?? 1
    const last = page.at(-1)?.seq ?? 0
    this.start(last)
    this.noteHead(last)
    const before = this.#applied
    if (last < this.#floor) {
      // Pushes overtook the page: it is the base, they wait for what lies between.
      for (const message of this.#messages) this.#held.set(message.seq, message)
      this.#rebase(page, first - 1, last)
    } else if (first > this.#applied + 1) {
      this.#rebase(page, first - 1, last)
    } else {
      if (first <= this.#floor) this.#prepend(page)
      for (const message of page) if (message.seq > this.#applied) this.#held.set(message.seq, message)
    }
    if (first - 1 === this.#floor) this.#exhausted = !hasMore
    const jumped = page.filter(({ seq }) => seq > before && seq <= this.#applied && this.#isNew(seq))
    return [...jumped, ...this.#drain()]
  }

  /** The page before `floor`, by rising seq. One that no longer fits, after a reset, is dropped, an empty one too. */
  older(floor: number, items: readonly Message[], hasMore: boolean): void {
    if (floor !== this.#floor) return
    const page = unbroken(items)
    const last = page.at(-1)?.seq
    if (last === undefined) this.#exhausted = !hasMore
    else if (last === this.#floor) {
      this.#prepend(page)
      this.#exhausted = !hasMore
    }
  }

  /** Too much was missed: what lies before `head` is unknown until a page is loaded. [DLV4] */
  reset(head: number): Message[] {
    this.noteHead(head)
    if (head <= this.#applied) return []
    this.#rebase([], head, head)
    return this.#drain()
  }

  #rebase(page: Message[], floor: number, applied: number): void {
    this.#messages = this.#keep ? page : []
    this.#floor = this.#keep ? floor : applied
    this.#applied = applied
    this.#exhausted = false
    for (const seq of this.#held.keys()) if (seq <= applied) this.#held.delete(seq)
  }

  #prepend(page: Message[]): void {
    const older = page.filter((message) => message.seq <= this.#floor)
    const first = older[0]
    if (!this.#keep || !first) return
    this.#messages = [...older, ...this.#messages]
    this.#floor = first.seq - 1
  }

  #drain(): Message[] {
    const fresh: Message[] = []
    for (;;) {
      const next = this.#held.get(this.#applied + 1)
      if (!next) return fresh
      this.#held.delete(next.seq)
      this.#applied = next.seq
      if (this.#keep) this.#messages.push(next)
      else this.#floor = next.seq
      if (this.#isNew(next.seq)) fresh.push(next)
    }
  }

  #isNew(seq: number): boolean {
    if (seq > this.#told) {
      this.#told = seq
      return true
    }
    if (seq > this.#since || this.#late.has(seq)) return false
    this.#late.add(seq)
    return true
  }
}

/** The newest messages of a page up to its first hole, so that a wrong answer cannot make one here. */
function unbroken(items: readonly Message[]): Message[] {
  let from = items.length
  while (from > 0 && (from === items.length || items[from - 1]?.seq === (items[from]?.seq ?? 0) - 1)) from--
  return items.slice(from)
}
