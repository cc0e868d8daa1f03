import { type Actor, uuidv7 } from '@waggle/shared'
import { scopes, secretHash } from '../../packages/business/src/index.ts'
import { run } from './postgres.ts'

export interface TestMerchant {
  id: string
  key: string
  identitySecret: string
}

export async function createMerchant(url: string, name = 'Test Tours'): Promise<TestMerchant> {
  const id = uuidv7()
  const merchant = { id, key: `wgm_${id.slice(-12)}`, identitySecret: `identity-secret-of-${id}` }
  await run(url, 'INSERT INTO merchant (id, key, name, identity_secret, allowed_origins) VALUES ($1, $2, $3, $4, $5)', [
    id,
    merchant.key,
    name,
    merchant.identitySecret,
    [],
  ])
  return merchant
}

export async function createAgent(
  url: string,
  merchantId: string,
  { name = 'Ling', role = 'agent', status = 'online', email = '', passwordHash = '' } = {},
): Promise<Actor> {
  const id = uuidv7()
  await run(url, 'INSERT INTO "user" (id, email, name, password_hash) VALUES ($1, $2, $3, $4)', [
    id,
    email || `${id}@example.com`,
    name,
    passwordHash,
  ])
  await run(url, 'INSERT INTO membership (merchant_id, user_id, role, status) VALUES ($1, $2, $3, $4)', [
    merchantId,
    id,
    role,
    status,
  ])
  return { kind: 'agent', id, merchantId, role: role as Actor['role'], name }
}

export async function createTraveler(url: string, merchantId: string, name = 'Wang Fang'): Promise<Actor> {
  const id = uuidv7()
  await run(url, 'INSERT INTO traveler (id, merchant_id, name) VALUES ($1, $2, $3)', [id, merchantId, name])
  return { kind: 'traveler', id, merchantId, role: 'traveler', name }
}

/** @returns the key, which the database does not hold. */
export async function createApiKey(url: string, merchantId: string): Promise<string> {
  const key = `wgk_${uuidv7()}`
  await run(url, 'INSERT INTO api_key (id, merchant_id, name, key_hash, scopes) VALUES ($1, $2, $3, $4, $5)', [
    uuidv7(),
    merchantId,
    'Order system',
    secretHash(key),
    scopes,
  ])
  return key
}

/** A signed-in browser. @returns its cookie. */
export async function createSession(url: string, actor: Actor): Promise<string> {
  const secret = uuidv7()
  await run(
    url,
    `INSERT INTO session (token_hash, user_id, merchant_id, expires_at) VALUES ($1, $2, $3, now() + interval '1 hour')`,
    [secretHash(secret), actor.id, actor.merchantId],
  )
  return `waggle_session=${secret}`
}
