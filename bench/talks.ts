import { createPool, transaction } from '@waggle/database'
import { type Actor, uuidv7 } from '@waggle/shared'
import type { Talk } from './waggle-pairs.ts'

/** A merchant of the bench's own with as many talks as wanted, each with a traveler and an agent. */
export async function createTalks(url: string, count: number): Promise<Talk[]> {
  const pool = createPool({ url, size: 1, name: 'bench' })
  const merchantId = uuidv7()
  const talks = Array.from({ length: count }, (_, index): Talk => {
    const actor = (kind: 'traveler' | 'agent'): Actor => ({
      kind,
      id: uuidv7(),
      merchantId,
      role: kind,
      name: `${kind} ${index}`,
    })
    return { conversationId: uuidv7(), traveler: actor('traveler'), agent: actor('agent') }
  })
  const rows = (pick: (talk: Talk) => string) => talks.map(pick)
  try {
    await transaction(pool, async (client) => {
      await client.query(
        `INSERT INTO merchant (id, key, name, identity_secret, allowed_origins) VALUES ($1, $2, 'Bench', 'bench', '{}')`,
        [merchantId, `wgm_bench_${merchantId.slice(-12)}`],
      )
      await client.query(
        `INSERT INTO "user" (id, email, name, password_hash) SELECT id, id || '@bench', 'agent', '' FROM unnest($1::uuid[]) id`,
        [rows(({ agent }) => agent.id)],
      )
      await client.query(
        `INSERT INTO membership (merchant_id, user_id, role) SELECT $1, id, 'agent' FROM unnest($2::uuid[]) id`,
        [merchantId, rows(({ agent }) => agent.id)],
      )
      await client.query(
        `INSERT INTO traveler (id, merchant_id, name) SELECT id, $1, 'traveler' FROM unnest($2::uuid[]) id`,
        [merchantId, rows(({ traveler }) => traveler.id)],
      )
      await client.query(
        `INSERT INTO conversation (merchant_id, id, traveler_id, assignee_id)
         SELECT $1, c, t, a FROM unnest($2::uuid[], $3::uuid[], $4::uuid[]) AS r(c, t, a)`,
        [
          merchantId,
          rows((talk) => talk.conversationId),
          rows(({ traveler }) => traveler.id),
          rows(({ agent }) => agent.id),
        ],
      )
    })
  } finally {
    await pool.end()
  }
  return talks
}
