import type { Redis } from 'ioredis'
import { ask } from './ask.ts'

/** Between two probes, and the longest wait for an answer, milliseconds: together inside the 3 s of [DLV7]. */
const PROBE_MS = 300
const ANSWER_MS = 600
/** Probes without an answer after which the connection counts as half-open and is made anew. */
const HALF_OPEN = 5

/**
 * Whether a subscriber's connection really brings something: one whose peer has vanished looks open for minutes.
 * @param doubtMs how long after the last failure it is not trusted yet.
 */
export function watchSubscription(subscriber: Redis, doubtMs: number) {
  let failures = 0
  let failedAt = Number.NEGATIVE_INFINITY
  let timer: NodeJS.Timeout

  const failed = () => {
    failures++
    failedAt = performance.now()
    if (failures < HALF_OPEN || subscriber.status !== 'ready') return
    failures = 0
    subscriber.disconnect(true)
  }
  const probe = async () => {
    if (subscriber.status !== 'ready') return failed()
    await ask(subscriber.ping(), ANSWER_MS).then(() => {
      failures = 0
    }, failed)
  }
  const schedule = () => {
    timer = setTimeout(() => void probe().finally(schedule), PROBE_MS).unref()
  }
  schedule()
  const answers = () => subscriber.status === 'ready' && failures === 0

  return {
    trusted: () => answers() && performance.now() - failedAt > doubtMs,
    /** Redis answers in order: a PING that comes back was behind every SSUBSCRIBE. */
    inForce: async (): Promise<void> => {
      if (answers()) await ask(subscriber.ping(), ANSWER_MS).catch(failed)
    },
    stop: () => clearTimeout(timer),
  }
}
