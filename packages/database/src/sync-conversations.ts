import type { Viewer } from '@waggle/business'
import { limits, type Message, type ParticipantState, type SyncedConversation } from '@waggle/shared'
import type pg from 'pg'
import { visibleTo } from './conversation-rows.ts'
import { type MessageRow, messageColumns, messageFor } from './message-rows.ts'
import { query } from './pool.ts'

/** Messages in one answer, about 1 MB of long texts; conversations that would go over it are reset. */
const MAX_MESSAGES = 2_000

interface Head {
  id: string
  last_seq: number
  participants: ParticipantState[] | null
}

/**
 * See `ConversationStore.sync`. Heads first, then the messages up to those heads: what is committed
 * between the two statements is left to the push. [DLV4]
 */
export async function syncConversations(
  pool: pg.Pool,
  viewer: Viewer,
  cursors: Record<string, number>,
): Promise<SyncedConversation[]> {
  const heads = await readHeads(pool, viewer, Object.keys(cursors))
  const ranges: { id: string; from: number; to: number }[] = []
  let planned = 0
  for (const { id, last_seq } of heads) {
    const from = cursors[id]
    const missed = from === undefined ? 0 : last_seq - from
    if (from === undefined || missed <= 0 || missed > limits.syncMessages || planned + missed > MAX_MESSAGES) continue
    planned += missed
    ranges.push({ id, from, to: last_seq })
  }
  const messages = await readMessages(pool, viewer, ranges)
  return heads.map(({ id, last_seq: head, participants: marks }) => {
    const participants = marks ?? []
    const from = cursors[id]
    // A cursor beyond the head belongs to a database that was restored: what the client has is not ours.
    if (from === head) return { id, head, messages: [], participants }
    const missed = messages.get(id)
    return missed ? { id, head, messages: missed, participants } : { id, head, reset: true, participants }
  })
}

/** The named ones that the viewer may see, and their own living ones. Ids of others are as if they did not exist. [TEN1] */
async function readHeads(pool: pg.Pool, viewer: Viewer, ids: string[]): Promise<Head[]> {
  const own = viewer.kind === 'traveler' ? 'true' : "c.assignee_id = $2::uuid AND c.status <> 'resolved'"
  const { rows } = await query<Head>(
    pool,
    `SELECT c.id, c.last_seq,
       (SELECT json_agg(json_build_object('participantId', p.participant_id, 'kind', p.kind,
          'deliveredSeq', p.delivered_seq, 'readSeq', p.read_seq))
        FROM participant_state p WHERE p.merchant_id = c.merchant_id AND p.conversation_id = c.id) AS participants
     FROM conversation c
     WHERE ${visibleTo(viewer)} AND (c.id = ANY ($3::uuid[]) OR (${own}))
     ORDER BY c.id = ANY ($3::uuid[]) DESC, c.last_message_at DESC, c.id
     LIMIT ${limits.syncConversations}`,
    [viewer.merchantId, viewer.id, ids],
  )
  return rows
}

async function readMessages(
  pool: pg.Pool,
  viewer: Viewer,
  ranges: { id: string; from: number; to: number }[],
): Promise<Map<string, Message[]>> {
  const found = new Map<string, Message[]>(ranges.map(({ id }) => [id, []]))
  if (ranges.length === 0) return found
  const { rows } = await query<MessageRow>(
    pool,
    `SELECT ${messageColumns}
     FROM unnest($2::uuid[], $3::int[], $4::int[]) AS r(id, low, high)
     JOIN message m ON m.merchant_id = $1 AND m.conversation_id = r.id AND m.seq > r.low AND m.seq <= r.high
     ORDER BY m.conversation_id, m.seq`,
    [viewer.merchantId, ranges.map((r) => r.id), ranges.map((r) => r.from), ranges.map((r) => r.to)],
  )
  for (const row of rows) found.get(row.conversation_id)?.push(messageFor(viewer, row))
  return found
}
