import { type Actor, uuidv7 } from '@waggle/shared'
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
