import type { BenchOptions } from './arguments.ts'
import { Measure, type Summary } from './measure.ts'

/** Somebody who sends and somebody who sees it. */
export interface Pair {
  /** Resolves when the message is acknowledged. `id` is what the other side reports. */
  send(id: string, text: string): Promise<void>
  /** Told for every message the other side shows. @returns stops it. */
  onShown(listener: (id: string, seq: number) => void): () => void
  close(): void
}

/** Long enough for a retry and a catch-up; a run on a healthy machine needs milliseconds of it. */
const DRAIN_MS = 15_000

/**
 * Drives the pairs for the given time and waits until everything sent has arrived before it
 * stops the clock. Closed loop keeps `inflight` messages per pair on the way; open loop sends at
 * `rate`, and a message's time starts when it was due, so that a stalled server cannot hide.
 */
export async function drive(pairs: Pair[], options: BenchOptions, newId: () => string): Promise<Summary> {
  const measure = new Measure()
  const stops: (() => void)[] = []
  const text = 'x'.repeat(options.bytes)
  pairs.forEach((pair, index) => {
    stops.push(pair.onShown((id, seq) => measure.arrived(id, String(index), seq)))
  })

  const begin = performance.now()
  const end = begin + options.seconds * 1000
  const send = async (pair: Pair, due: number) => {
    const id = newId()
    measure.sent(id, due)
    try {
      await pair.send(id, text)
      measure.acked(id)
    } catch {
      measure.failed(id)
    }
  }

  if (options.rate === 0) {
    const loop = async (pair: Pair) => {
      while (performance.now() < end) await send(pair, performance.now())
    }
    await Promise.all(pairs.flatMap((pair) => Array.from({ length: options.inflight }, () => loop(pair))))
  } else {
    await schedule(options.rate, begin, end, (count, due) => void send(pairs[count % pairs.length] as Pair, due))
  }
  await measure.drain(DRAIN_MS)
  for (const stop of stops) stop()
  return measure.summary((performance.now() - begin) / 1000)
}

/** Calls `fire` at a steady rate; what a busy event loop made late is fired at once with the time it was due. */
async function schedule(rate: number, begin: number, end: number, fire: (count: number, due: number) => void) {
  for (let count = 0; ; ) {
    const now = performance.now()
    for (;;) {
      const due = begin + (count * 1000) / rate
      if (due >= end) return
      if (due > now) break
      fire(count, due)
      count++
    }
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
}
