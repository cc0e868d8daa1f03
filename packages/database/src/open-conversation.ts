import type { Assigned } from '@waggle/business'
import { type CardBody, uuidv7 } from '@waggle/shared'
import type pg from 'pg'
import { recordAssignment } from './assignments.ts'
import { recordEvent } from './event-feed.ts'
import { query, transaction } from './pool.ts'

/** Conversations given out in one call: keeps the merchant's lock short when a long queue meets the first agent. */
const MAX_AT_ONCE = 100

/** See `ConversationStore.open`. */
export async function openConversation(
  pool: pg.Pool,
  merchantId: string,
  travelerId: string,
  { candidates, subject }: { candidates: string[]; subject?: CardBody },
): Promise<{ conversationId: string; opened: boolean }> {
  const known = await findOpen(pool, merchantId, travelerId)
  if (known) return { conversationId: known, opened: false }
  return transaction(pool, async (client) => {
    await lockMerchant(client, merchantId)
    const meanwhile = await findOpen(client, merchantId, travelerId)
    if (meanwhile) return { conversationId: meanwhile, opened: false }
    const id = uuidv7()
    await client.query('INSERT INTO conversation (merchant_id, id, traveler_id, subject) VALUES ($1, $2, $3, $4)', [
      merchantId,
      id,
      travelerId,
      subject ?? null,
    ])
    await recordEvent(client, 'conversation.opened', merchantId, id, travelerId)
    await giveToLeastLoaded(client, { merchantId, id, travelerId }, candidates)
    return { conversationId: id, opened: true }
  })
}

/** See `ConversationStore.assignWaiting`. */
export async function assignWaiting(pool: pg.Pool, merchantId: string, candidates: string[]): Promise<Assigned[]> {
  const waiting = `SELECT id, traveler_id FROM conversation
    WHERE merchant_id = $1 AND assignee_id IS NULL AND status = 'open' ORDER BY created_at, id LIMIT ${MAX_AT_ONCE}`
  const { rowCount } = await query(pool, waiting, [merchantId])
  if (!rowCount) return []
  return transaction(pool, async (client) => {
    await lockMerchant(client, merchantId)
    const { rows } = await client.query<{ id: string; traveler_id: string }>(`${waiting} FOR UPDATE`, [merchantId])
    const assigned: Assigned[] = []
    for (const { id, traveler_id } of rows) {
      const agentId = await giveToLeastLoaded(client, { merchantId, id, travelerId: traveler_id }, candidates)
      if (agentId === null) break
      assigned.push({ conversationId: id, agentId })
    }
    return assigned
  })
}

/** Two decisions of one merchant follow one another, so that each sees the load that the other made. */
async function lockMerchant(client: pg.ClientBase, merchantId: string): Promise<void> {
  await client.query("SELECT pg_advisory_xact_lock(hashtextextended('assign:' || $1, 0))", [merchantId])
}

async function findOpen(
  client: Pick<pg.Pool, 'query'>,
  merchantId: string,
  travelerId: string,
): Promise<string | undefined> {
  const { rows } = await query<{ id: string }>(
    client,
    `SELECT id FROM conversation WHERE merchant_id = $1 AND traveler_id = $2 AND status <> 'resolved'
     ORDER BY last_message_at DESC LIMIT 1`,
    [merchantId, travelerId],
  )
  return rows[0]?.id
}

/** @returns the agent, or null when nobody of the candidates is online. Among equals: who was given one longest ago. */
async function giveToLeastLoaded(
  client: pg.ClientBase,
  conversation: { merchantId: string; id: string; travelerId: string },
  candidates: string[],
): Promise<string | null> {
  const { rows } = await client.query<{ user_id: string; load: number }>(
    `SELECT m.user_id,
       (SELECT count(*) FROM conversation c WHERE c.merchant_id = m.merchant_id AND c.assignee_id = m.user_id
          AND c.status IN ('open', 'pending'))::int AS load,
       (SELECT max(a.created_at) FROM assignment a WHERE a.merchant_id = m.merchant_id AND a.agent_id = m.user_id) AS latest
     FROM membership m
     WHERE m.merchant_id = $1 AND m.user_id = ANY ($2::uuid[]) AND m.status = 'online'
     ORDER BY load, latest NULLS FIRST, m.user_id LIMIT 1`,
    [conversation.merchantId, candidates],
  )
  const chosen = rows[0]
  if (!chosen) return null
  const reason = `online with the fewest open conversations (${chosen.load})`
  await recordAssignment(client, conversation, chosen.user_id, reason)
  return chosen.user_id
}
