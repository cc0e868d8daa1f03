import type { DeliveriesAnswer, DeliveriesAsked } from '../cluster/deliveries.ts'
import type { DeliveryLog } from './delivery-log.ts'

/** A publish takes a few milliseconds; what is older than this has arrived or never will. */
const ARRIVED_MS = 500
/** Whole deliveries in one answer; a worker asks on at once. */
const LIMIT = 2_000

/** Answers a worker that looks for what Redis did not bring. [DLV5] [DLV7] */
export function answerDeliveries(
  log: DeliveryLog,
  published: () => boolean,
): (params: unknown) => Promise<DeliveriesAnswer> {
  return async (params) => {
    const { after, whole, pick } = params as DeliveriesAsked
    const healthy = published()
    if (pick) return { next: after, heads: [], deliveries: log.pick(pick), published: healthy }
    if (whole) return { ...log.since(after, LIMIT), heads: [], published: healthy }
    return { ...log.heads(after, ARRIVED_MS), deliveries: [], published: healthy }
  }
}
