import type { EventFeed, Viewer } from '@waggle/business'
import { type FeedEvent, uuidv7 } from '@waggle/shared'
import type pg from 'pg'
import { type ConversationRow, conversationFor, selectConversation, visibleTo } from './conversation-rows.ts'
import { decodeCursor, encodeCursor, uuidPattern } from './cursor.ts'
import { type MessageRow, messageColumns, messageFor } from './message-rows.ts'
import { query } from './pool.ts'

/**
 * Notes an event in the transaction that makes it true. Its transaction id is its place in the feed:
 * readers stop before the oldest transaction that still runs, so a cursor never passes a row that commits late.
 */
export async function recordEvent(
  client: pg.ClientBase,
  kind: Exclude<FeedEvent['kind'], 'message.created'>,
  merchantId: string,
  conversationId: string,
  travelerId: string,
): Promise<void> {
  await client.query(
    `INSERT INTO event (merchant_id, txid, id, kind, conversation_id, traveler_id)
     VALUES ($1, pg_current_xact_id()::text::bigint, $2, $3, $4, $5)`,
    [merchantId, uuidv7(), kind, conversationId, travelerId],
  )
}

const FINISHED = 'e.txid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint'
const ZERO = ['0', '00000000-0000-0000-0000-000000000000'] as const

interface EventRow {
  txid: string
  id: string
  kind: FeedEvent['kind']
  conversation_id: string
  seq: number | null
  created_at: Date
}

export function createEventFeed(pool: pg.Pool): EventFeed {
  return {
    read: async (viewer, cursor, limit) => {
      const [txid, id] = cursor === null ? ZERO : decodeCursor(cursor, [/^\d{1,18}$/, uuidPattern], 'after')
      const { rows } = await query<EventRow>(
        pool,
        `SELECT e.txid::text, e.id, e.kind, e.conversation_id, e.seq, e.created_at FROM event e
         WHERE e.merchant_id = $1 AND (e.txid, e.id) > ($3::bigint, $4::uuid) AND ${FINISHED}
           AND ${viewer.kind === 'traveler' ? 'e.traveler_id = $2::uuid' : '$2::uuid IS NOT NULL'}
         ORDER BY e.txid, e.id LIMIT $5`,
        [viewer.merchantId, viewer.id, txid, id, limit],
      )
      const last = rows.at(-1)
      const next = last ? encodeCursor(last.txid, last.id) : encodeCursor(String(txid), String(id))
      return { items: await filled(pool, viewer, rows), next }
    },

    end: async (merchantId) => {
      const { rows } = await query<{ txid: string; id: string }>(
        pool,
        `SELECT e.txid::text, e.id FROM event e WHERE e.merchant_id = $1 AND ${FINISHED}
         ORDER BY e.txid DESC, e.id DESC LIMIT 1`,
        [merchantId],
      )
      const [txid, id] = rows[0] ? [rows[0].txid, rows[0].id] : ZERO
      return encodeCursor(txid, id)
    },
  }
}

/** Rows with what they are about. A message that the viewer may not see is left out. */
async function filled(pool: pg.Pool, viewer: Viewer, rows: EventRow[]): Promise<FeedEvent[]> {
  const about = rows.filter((row) => row.seq !== null)
  const others = rows.filter((row) => row.seq === null).map((row) => row.conversation_id)
  const [messages, conversations] = await Promise.all([
    readMessages(pool, viewer, about),
    readConversations(pool, viewer, others),
  ])
  const events: FeedEvent[] = []
  for (const row of rows) {
    const { id, kind, conversation_id: conversationId } = row
    const head = { id, kind, conversationId, createdAt: row.created_at.toISOString() }
    if (row.seq === null) {
      const conversation = conversations.get(conversationId)
      if (conversation) events.push({ ...head, conversation: conversationFor(viewer, conversation) })
      continue
    }
    const message = messages.get(`${conversationId}/${row.seq}`)
    if (message && !(viewer.kind === 'traveler' && message.kind === 'note')) {
      events.push({ ...head, message: messageFor(viewer, message) })
    }
  }
  return events
}

async function readMessages(pool: pg.Pool, viewer: Viewer, rows: EventRow[]): Promise<Map<string, MessageRow>> {
  if (rows.length === 0) return new Map()
  const found = await query<MessageRow>(
    pool,
    `SELECT ${messageColumns} FROM unnest($2::uuid[], $3::int[]) AS r(conversation_id, seq)
     JOIN message m ON m.merchant_id = $1 AND m.conversation_id = r.conversation_id AND m.seq = r.seq`,
    [viewer.merchantId, rows.map((row) => row.conversation_id), rows.map((row) => row.seq)],
  )
  return new Map(found.rows.map((row) => [`${row.conversation_id}/${row.seq}`, row]))
}

async function readConversations(pool: pg.Pool, viewer: Viewer, ids: string[]): Promise<Map<string, ConversationRow>> {
  if (ids.length === 0) return new Map()
  const text = `${selectConversation} WHERE ${visibleTo(viewer)} AND c.id = ANY ($3::uuid[])`
  const { rows } = await query<ConversationRow>(pool, text, [viewer.merchantId, viewer.id, ids])
  return new Map(rows.map((row) => [row.id, row]))
}
