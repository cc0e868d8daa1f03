/** Everything one run measures. Times in milliseconds from the moment a message was meant to be sent. */
export class Measure {
  readonly #sent = new Map<string, { at: number; arrived: boolean; acked: boolean }>()
  readonly #lastSeq = new Map<string, number>()
  readonly #ackMs: number[] = []
  readonly #deliverMs: number[] = []
  #doubled = 0
  #disordered = 0
  #failed = 0
  #open = 0
  #changed: (() => void) | undefined

  sent(id: string, at: number): void {
    this.#sent.set(id, { at, arrived: false, acked: false })
    this.#open++
  }

  acked(id: string): void {
    const entry = this.#sent.get(id)
    if (!entry || entry.acked) return
    entry.acked = true
    this.#ackMs.push(performance.now() - entry.at)
    this.#settle(entry)
  }

  failed(id: string): void {
    if (!this.#sent.delete(id)) return
    this.#failed++
    this.#open--
    this.#changed?.()
  }

  /** @param seq number within the stream; must rise. */
  arrived(id: string, stream: string, seq: number): void {
    const entry = this.#sent.get(id)
    if (!entry) return
    if (entry.arrived) {
      this.#doubled++
      return
    }
    entry.arrived = true
    this.#deliverMs.push(performance.now() - entry.at)
    if (seq <= (this.#lastSeq.get(stream) ?? 0)) this.#disordered++
    this.#lastSeq.set(stream, seq)
    this.#settle(entry)
  }

  /** Waits until everything sent has been acknowledged and has arrived, at most `ms`. */
  async drain(ms: number): Promise<void> {
    const deadline = performance.now() + ms
    while (this.#open > 0 && performance.now() < deadline) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, deadline - performance.now())
        this.#changed = () => {
          if (this.#open > 0) return
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }

  /** @param seconds from the first send until the last arrival. */
  summary(seconds: number) {
    const arrived = this.#deliverMs.length
    return {
      messages: arrived,
      perSecond: Math.round(arrived / seconds),
      ackMs: percentiles(this.#ackMs),
      deliverMs: percentiles(this.#deliverMs),
      // Acknowledged and never seen: the one number that must be 0.
      lost: [...this.#sent.values()].filter(({ acked, arrived }) => acked && !arrived).length,
      doubled: this.#doubled,
      outOfOrder: this.#disordered,
      failed: this.#failed,
    }
  }

  #settle(entry: { arrived: boolean; acked: boolean }): void {
    if (!entry.arrived || !entry.acked) return
    this.#open--
    this.#changed?.()
  }
}

function percentiles(values: number[]) {
  const sorted = Float64Array.from(values).sort()
  const at = (share: number) => {
    const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
    return value === undefined ? null : Number(value.toFixed(2))
  }
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) }
}
export type Summary = ReturnType<Measure['summary']>
