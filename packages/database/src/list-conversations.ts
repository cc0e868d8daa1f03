import type { Viewer } from '@waggle/business'
import type { ConversationPage, ConversationView } from '@waggle/shared'
import type pg from 'pg'
import { type ConversationRow, conversationFor, selectConversation, visibleTo } from './conversation-rows.ts'
import { decodeCursor, encodeCursor, uuidPattern } from './cursor.ts'
import { query } from './pool.ts'

/** A badge shows "99+"; counting further would only cost time. */
const MAX_UNREAD = 100

const conditions: Record<ConversationView, string> = {
  mine: "c.assignee_id = $2::uuid AND c.status <> 'resolved'",
  unassigned: "c.assignee_id IS NULL AND c.status <> 'resolved'",
  all: 'true',
  resolved: "c.status = 'resolved'",
}

/** The viewer's unread messages of others. A note is not one for a traveler, nor is an event for anybody. */
const unread = (viewer: Viewer) => `
(SELECT count(*)::int FROM (
  SELECT FROM message m
  WHERE m.merchant_id = c.merchant_id AND m.conversation_id = c.id AND m.sender_id <> $2::uuid
    AND m.kind <> 'event' ${viewer.kind === 'traveler' ? "AND m.kind <> 'note'" : ''}
    AND m.seq > coalesce((SELECT s.read_seq FROM participant_state s WHERE s.merchant_id = c.merchant_id
      AND s.conversation_id = c.id AND s.participant_id = $2::uuid), 0)
  LIMIT ${MAX_UNREAD}) AS n)`

/** See `ConversationStore.list`: newest message first. */
export async function listConversations(
  pool: pg.Pool,
  viewer: Viewer,
  { view, limit, cursor }: { view: ConversationView; limit: number; cursor?: string },
): Promise<ConversationPage> {
  const [time, id] = cursor === undefined ? [] : decodeCursor(cursor, [/^\d{1,15}$/, uuidPattern], 'cursor')
  const wanted = viewer.kind === 'traveler' ? 'true' : conditions[view]
  const text = `
    SELECT page.*, ${unread(viewer)} AS unread
    FROM (${selectConversation}
      WHERE ${visibleTo(viewer)} AND ${wanted}
        AND ($3::bigint IS NULL OR (c.last_message_at, c.id) < (to_timestamp($3::bigint / 1000.0), $4::uuid))
      ORDER BY c.last_message_at DESC, c.id DESC LIMIT $5) AS page
    JOIN conversation c ON c.merchant_id = page.merchant_id AND c.id = page.id
    ORDER BY c.last_message_at DESC, c.id DESC`
  const values = [viewer.merchantId, viewer.id, time ?? null, id ?? null, limit + 1]
  const { rows } = await query<ConversationRow & { unread: number }>(pool, text, values)
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  return {
    items: shown.map((row) => ({ ...conversationFor(viewer, row), unread: row.unread })),
    nextCursor: last ? encodeCursor(String(last.last_message_at.getTime()), last.id) : null,
  }
}
