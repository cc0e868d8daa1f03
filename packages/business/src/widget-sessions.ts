import {
  type Actor,
  decode,
  type MerchantSummary,
  schemas,
  uuidv7,
  WaggleError,
  type WidgetSession,
} from '@waggle/shared'
import type { DirectoryStore, MerchantRow, TravelerRow } from './ports.ts'
import { readJwt, type Tokens, TRAVELER_TOKEN_SECONDS } from './tokens.ts'

type Directory = Pick<DirectoryStore, 'merchantByKey' | 'createTraveler' | 'upsertTraveler' | 'traveler'>

/** How a visitor of a merchant's page becomes a traveler who can write. */
export class WidgetSessions {
  readonly #directory: Directory
  readonly #tokens: Tokens

  constructor(directory: Directory, tokens: Tokens) {
    this.#directory = directory
    this.#tokens = tokens
  }

  /** What the frame page needs before anybody is known. @throws WaggleError `not_found`. */
  async merchant(key: string): Promise<{ merchant: WidgetSession['merchant']; allowedOrigins: string[] }> {
    const row = await this.#merchantByKey(key)
    return { merchant: publicMerchant(row), allowedOrigins: row.allowedOrigins }
  }

  /**
   * A signed identity wins; else the token of an earlier visit; else somebody new. An anonymous
   * traveler and an identified one are two people, whatever the device: threads never merge silently.
   * @throws WaggleError `not_found` on `merchantKey`; `unauthenticated` or `token_expired` on `identityToken`,
   * `invalid_input` on a claim of it.
   */
  async start(input: {
    merchantKey: string
    identityToken?: string | undefined
    resumeToken?: string | undefined
    locale?: string | undefined
  }): Promise<Omit<WidgetSession, 'realtimeUrl'>> {
    const merchant = await this.#merchantByKey(input.merchantKey)
    const locale = input.locale ?? 'en'
    const traveler =
      input.identityToken === undefined
        ? ((await this.#resume(merchant, input.resumeToken)) ?? (await this.#anonymous(merchant.id, locale)))
        : await this.#identified(merchant, input.identityToken, locale)
    const signed = await this.#tokens.sign(travelerActor(traveler), TRAVELER_TOKEN_SECONDS)
    return { ...signed, traveler: summary(traveler), merchant: publicMerchant(merchant) }
  }

  async #merchantByKey(key: string): Promise<MerchantRow> {
    const merchant = await this.#directory.merchantByKey(key)
    if (!merchant) throw new WaggleError('not_found', 'merchantKey: no such merchant', { field: 'merchantKey' })
    return merchant
  }

  /** A resume token that is too old, or of another merchant, starts anew rather than failing the visit. */
  async #resume(merchant: MerchantRow, token: string | undefined): Promise<TravelerRow | null> {
    if (token === undefined) return null
    const actor = await this.#tokens.verify(token).catch(() => null)
    if (actor?.kind !== 'traveler' || actor.merchantId !== merchant.id) return null
    return this.#directory.traveler(merchant.id, actor.id)
  }

  #anonymous(merchantId: string, locale: string): Promise<TravelerRow> {
    // Four characters tell two guests apart in a list; the id does the rest.
    const tag = uuidv7().slice(-4).toUpperCase()
    const name = locale.startsWith('zh') ? `访客 ${tag}` : `Guest ${tag}`
    return this.#directory.createTraveler(merchantId, { name, locale })
  }

  async #identified(merchant: MerchantRow, identityToken: string, locale: string): Promise<TravelerRow> {
    const claims = await readJwt(identityToken, new TextEncoder().encode(merchant.identitySecret), {
      requiredClaims: ['exp', 'sub'],
      field: 'identityToken',
    })
    if (claims.merchant !== undefined && claims.merchant !== merchant.key) {
      throw new WaggleError('unauthenticated', 'identityToken: is for another merchant', { field: 'identityToken' })
    }
    const { sub, name } = decode(schemas.identity, { identityToken: claims }).identityToken
    return this.#directory.upsertTraveler(merchant.id, sub, { locale, ...(name.trim() === '' ? {} : { name }) })
  }
}

/** The actor behind a traveler's row. */
export function travelerActor(traveler: TravelerRow): Actor {
  const { id, merchantId, name } = traveler
  return { kind: 'traveler', id, merchantId, role: 'traveler', name }
}

function publicMerchant(row: MerchantRow): MerchantSummary & { color: string; greeting: string } {
  return { id: row.id, name: row.name, key: row.key, color: row.color, greeting: row.greeting }
}

function summary(traveler: TravelerRow): WidgetSession['traveler'] {
  const { id, name, locale, externalId, avatarHue } = traveler
  return { id, name, locale, avatarHue, ...(externalId === undefined ? {} : { externalId }) }
}
