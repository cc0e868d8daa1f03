/** A faulty listener is reported as an uncaught error and must not stop the client half way through a change. */
function guarded(run: () => void): void {
  try {
    run()
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
  }
}

/** Tells listeners that something changed; changes made in one go are told once. */
export class Signal {
  readonly #listeners = new Set<() => void>()
  #due = false

  /** @returns stops the subscription. Bound, so that it can be handed to `useSyncExternalStore`. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  protected notify(): void {
    if (this.#due || this.#listeners.size === 0) return
    this.#due = true
    queueMicrotask(() => {
      this.#due = false
      for (const listener of [...this.#listeners]) guarded(listener)
    })
  }
}

/** Named events with one payload each. */
export class Emitter<Events extends object> {
  readonly #listeners = new Map<keyof Events, Set<(payload: never) => void>>()

  on<E extends keyof Events>(event: E, listener: (payload: Events[E]) => void): () => void {
    const all = this.#listeners.get(event) ?? new Set()
    this.#listeners.set(event, all)
    all.add(listener)
    return () => all.delete(listener)
  }

  emit<E extends keyof Events>(event: E, payload: Events[E]): void {
    for (const listener of [...(this.#listeners.get(event) ?? [])]) {
      guarded(() => (listener as (payload: Events[E]) => void)(payload))
    }
  }
}
