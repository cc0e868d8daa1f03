/** How often something may be done, and what happens to who does it more often. Times in milliseconds. */
export interface SuspensionRule {
  limit: number
  windowMs: number
  /** The first suspension; each further one, and each try during one, doubles it up to the cap. */
  firstMs: number
  capMs: number
}

/**
 * Suspends who tries too often. [BLK1] A key is one uid or one address: keys never affect each other, so that
 * nobody can get somebody else suspended.
 */
export interface Suspensions {
  /**
   * Counts one try.
   * @returns milliseconds until the key may try again; 0 when this try is allowed.
   * Rejects with WaggleError `unavailable` within a second when the store does not answer.
   */
  hit(key: string, rule: SuspensionRule): Promise<number>
  /** Ends a suspension and forgets the tries. */
  lift(key: string): Promise<void>
}

export interface Tries {
  count: number
  windowFrom: number
  until: number
  strikes: number
}

/** One try at `now`: the rule itself, the same in memory and in the Redis script. Changes `tries`. */
export function countTry(tries: Tries, rule: SuspensionRule, now: number): number {
  const suspended = now < tries.until
  if (!suspended) {
    if (now - tries.windowFrom >= rule.windowMs) {
      tries.windowFrom = now
      tries.count = 0
    }
    tries.count++
    if (tries.count <= rule.limit) return 0
  }
  tries.strikes++
  tries.count = 0
  const length = Math.min(rule.capMs, rule.firstMs * 2 ** (tries.strikes - 1))
  tries.until = Math.max(tries.until, now + length)
  return tries.until - now
}
