/**
 * Milliseconds to wait before another attempt: doubles from `first` up to `max`, of which the upper
 * half is left to chance so that clients cut at the same moment do not return at the same moment.
 * @param failures Attempts that failed so far, from 1.
 * @param random In [0, 1).
 */
export function backoff(failures: number, first: number, max: number, random: () => number): number {
  const full = Math.min(max, first * 2 ** Math.min(failures - 1, 20))
  return full / 2 + (random() * full) / 2
}
