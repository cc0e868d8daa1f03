import { uuidv7, WaggleError } from '@waggle/shared'
import type pg from 'pg'
import { recordEvent } from './event-feed.ts'
import { transaction } from './pool.ts'

/** Makes somebody the assignee and remembers why; the caller holds the conversation's lock. */
export async function recordAssignment(
  client: pg.ClientBase,
  conversation: { merchantId: string; id: string; travelerId: string },
  agentId: string,
  reason: string,
): Promise<void> {
  const { merchantId, id, travelerId } = conversation
  // The one who had it goes on receiving it: they may have written there and the traveler may answer them.
  await client.query(
    `UPDATE conversation SET assignee_id = $3, assignment_reason = $4, updated_at = now(),
       follower_ids = CASE WHEN assignee_id IS NULL OR assignee_id = ANY (follower_ids) THEN follower_ids
         ELSE follower_ids || assignee_id END
     WHERE merchant_id = $1 AND id = $2`,
    [merchantId, id, agentId, reason],
  )
  await client.query(
    'INSERT INTO assignment (id, merchant_id, conversation_id, agent_id, reason) VALUES ($1, $2, $3, $4, $5)',
    [uuidv7(), merchantId, id, agentId, reason],
  )
  await recordEvent(client, 'conversation.assigned', merchantId, id, travelerId)
}

/** See `ConversationStore.claim`. */
export function claim(pool: pg.Pool, merchantId: string, conversationId: string, agentId: string): Promise<void> {
  return transaction(pool, async (client) => {
    const current = await lock(client, merchantId, conversationId)
    if (current.assignee_id === agentId) return
    if (current.assignee_id !== null) throw new WaggleError('conflict', `Taken by ${current.assignee_name ?? '?'}`)
    const conversation = { merchantId, id: conversationId, travelerId: current.traveler_id }
    await recordAssignment(client, conversation, agentId, 'took it from the queue')
  })
}

/** See `ConversationStore.assign`. */
export function assign(
  pool: pg.Pool,
  merchantId: string,
  conversationId: string,
  agentId: string,
  reason: string,
): Promise<void> {
  return transaction(pool, async (client) => {
    const current = await lock(client, merchantId, conversationId)
    const member = await client.query('SELECT FROM membership WHERE merchant_id = $1 AND user_id = $2', [
      merchantId,
      agentId,
    ])
    if (!member.rowCount) throw new WaggleError('invalid_input', 'agentId: no such agent', { field: 'agentId' })
    if (current.assignee_id === agentId) return
    const conversation = { merchantId, id: conversationId, travelerId: current.traveler_id }
    await recordAssignment(client, conversation, agentId, reason)
  })
}

async function lock(client: pg.ClientBase, merchantId: string, conversationId: string) {
  const { rows } = await client.query<{
    assignee_id: string | null
    assignee_name: string | null
    traveler_id: string
  }>(
    `SELECT c.assignee_id, c.traveler_id, (SELECT name FROM "user" u WHERE u.id = c.assignee_id) AS assignee_name
     FROM conversation c WHERE c.merchant_id = $1 AND c.id = $2 FOR UPDATE OF c`,
    [merchantId, conversationId],
  )
  if (!rows[0]) throw new WaggleError('not_found')
  return rows[0]
}
