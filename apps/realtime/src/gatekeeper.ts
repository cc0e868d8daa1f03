import { type Actor, WaggleError } from '@waggle/shared'
import { addressKey } from './address-key.ts'
import type { SuspensionRule, Suspensions } from './cluster/suspensions.ts'

/** Limits per minute; 0 switches one off. */
export interface Limits {
  connectionsPerUid: number
  /** Higher than of a uid: a hotel's guests share one address. */
  connectionsPerAddress: number
  sendsPerUid: number
  /** Tries with one e-mail from one address. */
  logins: number
}

const WINDOW_MS = 60_000
const FIRST_MS = 10_000
const CAP_MS = 3_600_000
/** Shorter, because somebody else may be trying with one's e-mail from behind the same proxy. */
const LOGIN_CAP_MS = 60_000

export type Gatekeeper = ReturnType<typeof createGatekeeper>

/**
 * Turns away who connects or sends too often. [BLK1] While the cluster's count does not answer, this node's own holds.
 * @param onSuspended told what was refused.
 */
export function createGatekeeper(
  limits: Limits,
  suspensions: Suspensions,
  fallback: Suspensions,
  onSuspended: (what: string) => void,
) {
  /** @throws WaggleError `suspended` with the seconds to wait. */
  const assert = async (what: string, key: string, limit: number, { store = suspensions, capMs = CAP_MS } = {}) => {
    if (limit === 0) return
    const rule: SuspensionRule = { limit, windowMs: WINDOW_MS, firstMs: FIRST_MS, capMs }
    const waitMs = await store.hit(key, rule).catch(() => fallback.hit(key, rule))
    if (waitMs === 0) return
    onSuspended(what)
    throw new WaggleError('suspended', undefined, { retryAfter: Math.ceil(waitMs / 1000) })
  }
  const uid = ({ merchantId, id }: Actor) => `${merchantId}:${id}`

  return {
    address: (ip: string) => assert('address', `connect:ip:${addressKey(ip)}`, limits.connectionsPerAddress),
    connection: (actor: Actor) => assert('connection', `connect:uid:${uid(actor)}`, limits.connectionsPerUid),
    /** Counted by each node by itself: a round trip to Redis per message would cost more than it guards. */
    send: (actor: Actor) => assert('send', `send:uid:${uid(actor)}`, limits.sendsPerUid, { store: fallback }),
    login: (email: string, ip: string) =>
      assert('login', `login:${addressKey(ip)}:${email.toLowerCase()}`, limits.logins, { capMs: LOGIN_CAP_MS }),
  }
}
