import { countTry, type Suspensions, type Tries } from './suspensions.ts'

/** Keys that did nothing for this many milliseconds after their suspension are forgotten, strikes included. */
const SWEEP_MS = 60_000

/** For a node that runs alone, and for a cluster whose Redis does not answer. @param now milliseconds. */
export function memorySuspensions(now: () => number = Date.now): Suspensions {
  const known = new Map<string, Tries & { forget: number }>()
  let sweptAt = now()

  const sweep = () => {
    if (now() - sweptAt < SWEEP_MS) return
    sweptAt = now()
    for (const [key, { forget }] of known) if (forget < sweptAt) known.delete(key)
  }

  return {
    hit: async (key, rule) => {
      sweep()
      let tries = known.get(key)
      if (!tries || tries.forget < now()) {
        tries = { count: 0, windowFrom: now(), until: 0, strikes: 0, forget: 0 }
        known.set(key, tries)
      }
      const waitMs = countTry(tries, rule, now())
      tries.forget = waitMs > 0 ? tries.until + rule.capMs : Math.max(tries.forget, now() + rule.windowMs)
      return waitMs
    },
    lift: async (key) => void known.delete(key),
  }
}
