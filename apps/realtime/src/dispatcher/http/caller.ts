import { API_KEY_PREFIX, type Business, type Scope } from '@waggle/business'
import { type Actor, WaggleError } from '@waggle/shared'
import type { FastifyRequest } from 'fastify'

export const SESSION_COOKIE = 'waggle_session'

const unsafe = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/** Who sends a request: an API key, a traveler's token, or the cookie of the console. */
export class Callers {
  readonly #business: Pick<Business, 'partners' | 'tokens' | 'signIn'>
  readonly #webOrigins: readonly string[]

  constructor(business: Pick<Business, 'partners' | 'tokens' | 'signIn'>, webOrigins: readonly string[]) {
    this.#business = business
    this.#webOrigins = webOrigins
  }

  /**
   * @param scope what an API key has to be allowed; people are held by their role instead.
   * @throws WaggleError `unauthenticated`, `token_expired`, `forbidden`, `origin_not_allowed`.
   */
  async actor(request: FastifyRequest, scope: Scope): Promise<Actor> {
    const token = bearer(request)
    if (!token?.startsWith(API_KEY_PREFIX)) return this.person(request)
    const partner = await this.#business.partners.authenticate(token)
    if (!partner.scopes.includes(scope)) throw new WaggleError('forbidden', `This API key lacks the scope ${scope}`)
    return partner.actor
  }

  /**
   * Somebody who is signed in or has a token; an API key never is.
   * @throws WaggleError `unauthenticated`, `token_expired`, `forbidden`, `origin_not_allowed`.
   */
  async person(request: FastifyRequest): Promise<Actor> {
    const token = bearer(request)
    if (token === undefined) return this.#business.signIn.actor(this.sessionSecret(request))
    if (token.startsWith(API_KEY_PREFIX)) throw new WaggleError('forbidden', 'Not with an API key')
    return this.#business.tokens.verify(token)
  }

  /**
   * The secret in the cookie. A browser sends the cookie along with a foreign page's request too, so a
   * request that changes something has to come from our own pages.
   * @throws WaggleError `unauthenticated`, `origin_not_allowed`.
   */
  sessionSecret(request: FastifyRequest): string {
    const secret = request.cookies[SESSION_COOKIE]
    if (secret === undefined) throw new WaggleError('unauthenticated')
    this.assertOwnPage(request)
    return secret
  }

  /** @throws WaggleError `origin_not_allowed`. */
  assertOwnPage(request: FastifyRequest): void {
    const { origin } = request.headers
    if (origin === undefined || !unsafe.has(request.method)) return
    if (!this.#webOrigins.includes(origin)) throw new WaggleError('origin_not_allowed')
  }
}

function bearer(request: FastifyRequest): string | undefined {
  const { authorization } = request.headers
  if (authorization === undefined) return undefined
  const [scheme, token] = authorization.split(' ')
  if (scheme?.toLowerCase() !== 'bearer' || !token) {
    throw new WaggleError('unauthenticated', 'authorization: has to be "Bearer <token>"', { field: 'authorization' })
  }
  return token
}
