import { type Actor, type Role, WaggleError } from '@waggle/shared'
import { errors, jwtVerify, SignJWT } from 'jose'

/** A browser asks for one right before it connects. */
export const SOCKET_TOKEN_SECONDS = 60
/** How long a traveler who does not come back is remembered on their device. */
export const TRAVELER_TOKEN_SECONDS = 30 * 24 * 3600

const ISSUER = 'waggle'

/** Signs and reads the bearer tokens of sockets and of the widget: JWT, HS256. */
export class Tokens {
  readonly #key: Uint8Array

  /** @param secret at least 32 bytes, the same on every node. */
  constructor(secret: string) {
    this.#key = new TextEncoder().encode(secret)
  }

  /** @returns the token and its end. */
  async sign(actor: Actor, seconds: number): Promise<{ token: string; expiresAt: string }> {
    const end = Math.floor(Date.now() / 1000) + seconds
    const token = await new SignJWT({ kind: actor.kind, mid: actor.merchantId, role: actor.role, name: actor.name })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(ISSUER)
      .setSubject(actor.id)
      .setExpirationTime(end)
      .sign(this.#key)
    return { token, expiresAt: new Date(end * 1000).toISOString() }
  }

  /** @throws WaggleError `token_expired`, `unauthenticated`. */
  async verify(token: string): Promise<Actor> {
    const { sub, kind, mid, role, name } = await readJwt(token, this.#key, { issuer: ISSUER })
    return {
      kind: kind as Actor['kind'],
      id: String(sub),
      merchantId: String(mid),
      role: role as Role,
      name: String(name),
    }
  }
}

/**
 * Claims of a JWT signed with HS256.
 * @throws WaggleError `token_expired`, `unauthenticated`, both on `field`.
 */
export async function readJwt(
  token: string,
  key: Uint8Array,
  options: { issuer?: string; requiredClaims?: string[]; field?: string } = {},
): Promise<Record<string, unknown>> {
  const { field, ...checks } = options
  try {
    return (await jwtVerify(token, key, { algorithms: ['HS256'], ...checks })).payload
  } catch (error) {
    const code = error instanceof errors.JWTExpired ? 'token_expired' : 'unauthenticated'
    throw new WaggleError(code, undefined, { cause: error, ...(field ? { field } : {}) })
  }
}
