import type { Sender } from '@waggle/shared'

/** One's own typing: at most one event in this many milliseconds, and an end after silence. */
const REPEAT_MS = 3_000
const SILENCE_MS = 5_000
/** Others': an end that was lost on the way shows no longer than this. */
const EXPIRE_MS = 6_000

/** Turns keystrokes into few events. */
export class TypingSender {
  readonly #send: (on: boolean) => void
  #sentAt = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(send: (on: boolean) => void) {
    this.#send = send
  }

  /** @param on false when the text was sent or cleared. */
  set(on: boolean): void {
    clearTimeout(this.#timer)
    if (!on) {
      if (this.#sentAt !== 0) this.#send(false)
      this.#sentAt = 0
      return
    }
    const now = Date.now()
    if (now - this.#sentAt >= REPEAT_MS) {
      this.#sentAt = now
      this.#send(true)
    }
    this.#timer = setTimeout(() => this.set(false), SILENCE_MS)
  }
}

/** Who else types here now. */
export class Typists {
  readonly #typists = new Map<string, { sender: Sender; timer: ReturnType<typeof setTimeout> }>()
  readonly #onChange: () => void

  constructor(onChange: () => void) {
    this.#onChange = onChange
  }

  get all(): Sender[] {
    return [...this.#typists.values()].map(({ sender }) => sender)
  }

  set(sender: Sender, on: boolean): void {
    const known = this.#typists.get(sender.id)
    clearTimeout(known?.timer)
    if (!on) {
      if (this.#typists.delete(sender.id)) this.#onChange()
      return
    }
    this.#typists.set(sender.id, { sender, timer: setTimeout(() => this.set(sender, false), EXPIRE_MS) })
    if (!known) this.#onChange()
  }

  clear(): void {
    for (const { timer } of this.#typists.values()) clearTimeout(timer)
    this.#typists.clear()
  }
}
