import { createHash } from 'node:crypto'
import { type Actor, WaggleError } from '@waggle/shared'
import type { DirectoryStore } from './ports.ts'
import { secretHash } from './sign-in.ts'
import { travelerActor } from './widget-sessions.ts'

/** What an API key may be allowed to do. */
export const scopes = [
  'messages:write',
  'conversations:read',
  'conversations:write',
  'events:read',
  'words:write',
] as const
export type Scope = (typeof scopes)[number]

/** API keys start with this, so that a leaked one is recognised by scanners and by us. */
export const API_KEY_PREFIX = 'wgk_'

export interface Partner {
  actor: Actor
  scopes: string[]
}

/** Partners' systems: who an API key is, and on whose behalf it writes. */
export class Partners {
  readonly #directory: Pick<DirectoryStore, 'apiKey' | 'upsertTraveler' | 'traveler'>

  constructor(directory: Pick<DirectoryStore, 'apiKey' | 'upsertTraveler' | 'traveler'>) {
    this.#directory = directory
  }

  /** @throws WaggleError `unauthenticated` for an unknown or revoked key. */
  async authenticate(key: string): Promise<Partner> {
    const row = await this.#directory.apiKey(secretHash(key))
    if (!row) throw new WaggleError('unauthenticated')
    const { id, merchantId, name } = row
    return { actor: { kind: 'partner', id, merchantId, role: 'partner', name }, scopes: row.scopes }
  }

  /**
   * The traveler a partner speaks for: one we know by id, or one the partner knows by an id of
   * their own, who is created on first sight.
   * @throws WaggleError `not_found` on `from.traveler.id`.
   */
  async speakFor(
    partner: Actor,
    traveler: { id: string } | { externalId: string; name?: string | undefined; locale?: string | undefined },
  ): Promise<Actor> {
    if ('externalId' in traveler) {
      const { externalId, name, locale } = traveler
      const row = await this.#directory.upsertTraveler(partner.merchantId, externalId, {
        ...(name === undefined ? {} : { name }),
        ...(locale === undefined ? {} : { locale }),
      })
      return travelerActor(row)
    }
    const row = await this.#directory.traveler(partner.merchantId, traveler.id)
    if (!row) throw new WaggleError('not_found', 'from.traveler.id: no such traveler', { field: 'from.traveler.id' })
    return travelerActor(row)
  }
}

/**
 * The clientId behind an `Idempotency-Key`: the same key gives the same UUID, in any year.
 * RFC 9562 §5.8 leaves version 8 to the application; here it is the start of a SHA-256.
 */
export function clientIdOf(idempotencyKey: string): string {
  const hex = createHash('sha256').update(`waggle:idempotency:${idempotencyKey}`).digest('hex')
  const variant = ((Number.parseInt(hex[16] ?? '0', 16) & 0x3) | 0x8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
