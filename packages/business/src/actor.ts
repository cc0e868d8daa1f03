import { type Actor, WaggleError } from '@waggle/shared'
import type { Viewer } from './ports.ts'

/** The part of an actor that reading needs. */
export function viewerOf(actor: Actor): Viewer {
  return { merchantId: actor.merchantId, kind: actor.kind, id: actor.id }
}

/** @throws WaggleError `forbidden` for travelers and partners. */
export function requireAgent(actor: Actor): void {
  if (actor.kind !== 'agent') throw new WaggleError('forbidden', 'Only agents may do this')
}

/** @throws WaggleError `forbidden` unless the actor administers the merchant. */
export function requireAdmin(actor: Actor): void {
  if (actor.role !== 'admin' && actor.role !== 'platform-admin') {
    throw new WaggleError('forbidden', 'Only administrators may do this')
  }
}

/** Who can have received or read something. @throws WaggleError `forbidden` for partners. */
export function requireReader(actor: Actor): 'traveler' | 'agent' {
  if (actor.kind === 'partner') throw new WaggleError('forbidden', 'An API key has no read marks')
  return actor.kind
}
