import { createHash, randomBytes } from 'node:crypto'
import { type Actor, type Me, type Role, WaggleError } from '@waggle/shared'
import type { SignedIn, SignInStore } from './ports.ts'

/** A working day and the way home; every sign-in starts a new one. */
export const SESSION_SECONDS = 12 * 3600

/** E-mail and password for the console. The browser keeps an opaque secret, the store only its hash. */
export class SignIn {
  readonly #store: SignInStore

  constructor(store: SignInStore) {
    this.#store = store
  }

  /** @throws WaggleError `unauthenticated` for a wrong pair, `forbidden` for somebody without a merchant. */
  async login(email: string, password: string): Promise<{ secret: string; me: Me }> {
    const user = await this.#store.verifyPassword(email.trim().toLowerCase(), password)
    if (!user) throw new WaggleError('unauthenticated', 'E-mail or password is wrong')
    const [merchant] = await this.#store.merchantsOf(user.userId)
    if (!merchant) throw new WaggleError('forbidden', 'You do not work for any merchant yet')
    const secret = randomBytes(32).toString('base64url')
    const end = new Date(Date.now() + SESSION_SECONDS * 1000)
    await this.#store.createSession(secretHash(secret), user.userId, merchant.id, end)
    return { secret, me: await this.me(secret) }
  }

  /** The person behind the cookie. @throws WaggleError `unauthenticated`. */
  async actor(secret: string): Promise<Actor> {
    return agentActor(await this.#session(secret))
  }

  /** @throws WaggleError `unauthenticated`. */
  async me(secret: string): Promise<Me> {
    const session = await this.#session(secret)
    const merchants = await this.#store.merchantsOf(session.userId)
    const merchant = merchants.find(({ id }) => id === session.merchantId)
    if (!merchant) throw new WaggleError('unauthenticated')
    return {
      user: { id: session.userId, name: session.name, email: session.email },
      merchant,
      role: session.role as Role,
      status: session.status,
      merchants,
    }
  }

  /** Works for another of one's merchants from now on. @throws WaggleError `not_found` when it is not one's own. */
  async switchMerchant(secret: string, merchantId: string): Promise<Me> {
    const session = await this.#session(secret)
    const merchants = await this.#store.merchantsOf(session.userId)
    const allowed = merchants.some(({ id }) => id === merchantId)
    if (!allowed) throw new WaggleError('not_found', undefined, { field: 'merchantId' })
    await this.#store.switchMerchant(secretHash(secret), merchantId)
    return this.me(secret)
  }

  async logout(secret: string): Promise<void> {
    await this.#store.endSession(secretHash(secret))
  }

  async #session(secret: string): Promise<SignedIn> {
    const session = await this.#store.session(secretHash(secret))
    if (!session) throw new WaggleError('unauthenticated')
    return session
  }
}

function agentActor(session: SignedIn): Actor {
  const { userId, merchantId, role, name } = session
  return { kind: 'agent', id: userId, merchantId, role: role as Role, name }
}

/** SHA-256 in hex: enough for secrets of 256 random bits, which cannot be guessed. */
export function secretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
