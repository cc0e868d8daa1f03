import { WaggleError } from '@waggle/shared'

/** Longer than a healthy Redis ever takes, shorter than a person notices. */
export const ASK_MS = 1_000

/**
 * The answer of a store, or within a second a refusal that the sender can act on. The client's own
 * `commandTimeout` starts only when a command is written; one that waits behind a stuck pipeline is
 * bounded by this.
 * @throws WaggleError `unavailable` with the cause.
 */
export async function ask<T>(answer: Promise<T>, withinMs = ASK_MS): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${withinMs} ms`)), withinMs)
  })
  try {
    return await Promise.race([answer, late])
  } catch (cause) {
    throw new WaggleError('unavailable', undefined, { cause })
  } finally {
    clearTimeout(timer)
  }
}
