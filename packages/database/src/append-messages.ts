import type { MessageDraft, Persisted } from '@waggle/business'
import type { Message, MessageContent } from '@waggle/shared'
import type pg from 'pg'
import { audienceColumns } from './conversation-rows.ts'

/**
 * Writes a batch of messages in one statement: one round trip and one flush, whatever their number.
 *
 * `locked` waits for other nodes writing to the same conversations and sees their last_seq. The
 * look-up of repeats sees the snapshot from before that wait, so two nodes writing the same clientId
 * at the same moment end in a unique violation, and the caller runs the batch again. [SEND1] [SEND3]
 */
const text = `
WITH input AS (
  SELECT * FROM ROWS FROM (json_to_recordset($1::json) AS (
    id uuid, "merchantId" uuid, "conversationId" uuid, "clientId" uuid,
    "senderKind" text, "senderId" uuid, "senderName" text, kind text, body jsonb, moderation text
  )) WITH ORDINALITY AS i(id, merchant_id, conversation_id, client_id,
    sender_kind, sender_id, sender_name, kind, body, moderation, n)
), locked AS (
  SELECT c.merchant_id, c.id, ${audienceColumns}, c.last_seq, c.status
  FROM conversation c
  WHERE (c.merchant_id, c.id) IN (SELECT merchant_id, conversation_id FROM input)
  ORDER BY c.merchant_id, c.id
  FOR UPDATE
), allowed AS (
  SELECT i.*, l.traveler_id, l.assignee_id, l.follower_ids, l.watched, l.last_seq, l.status
  FROM input i JOIN locked l ON l.merchant_id = i.merchant_id AND l.id = i.conversation_id
  WHERE i.sender_kind <> 'traveler' OR i.sender_id = l.traveler_id
), repeated AS (
  SELECT a.n, m.id, m.seq, m.created_at, m.sender_kind, m.sender_name, m.kind, m.body, m.moderation
  FROM allowed a JOIN message m ON m.merchant_id = a.merchant_id AND m.sender_id = a.sender_id
    AND m.client_id = a.client_id AND m.conversation_id = a.conversation_id
), fresh AS (
  SELECT f.*, f.last_seq + row_number() OVER (PARTITION BY f.merchant_id, f.conversation_id ORDER BY f.n) AS seq,
    clock_timestamp()::timestamptz(3) AS created_at
  FROM (
    SELECT DISTINCT ON (a.merchant_id, a.conversation_id, a.sender_id, a.client_id) a.*
    FROM allowed a
    WHERE NOT EXISTS (SELECT FROM repeated r WHERE r.n = a.n)
    ORDER BY a.merchant_id, a.conversation_id, a.sender_id, a.client_id, a.n
  ) f
), inserted AS (
  INSERT INTO message (merchant_id, conversation_id, seq, id, client_id, sender_kind, sender_id, sender_name,
    kind, body, moderation, created_at)
  SELECT merchant_id, conversation_id, seq, id, client_id, sender_kind, sender_id, sender_name,
    kind, body, moderation, created_at
  FROM fresh
), told AS (
  INSERT INTO event (merchant_id, txid, id, kind, conversation_id, traveler_id, seq, created_at)
  SELECT merchant_id, pg_current_xact_id()::text::bigint, id, 'message.created', conversation_id, traveler_id, seq, created_at
  FROM fresh
), grouped AS (
  SELECT merchant_id, conversation_id, max(seq) AS seq, max(created_at) AS created_at,
    bool_or(sender_kind = 'traveler') AS traveler_wrote,
    array_agg(DISTINCT sender_id) FILTER (
      WHERE sender_kind = 'agent' AND sender_id IS DISTINCT FROM assignee_id AND sender_id <> ALL (follower_ids)
    ) AS followers
  FROM fresh GROUP BY merchant_id, conversation_id
), updated AS (
  UPDATE conversation c SET last_seq = g.seq, last_message_at = g.created_at, updated_at = g.created_at,
    follower_ids = c.follower_ids || coalesce(g.followers, '{}'),
    status = CASE WHEN g.traveler_wrote AND c.status IN ('resolved', 'snoozed') THEN 'open' ELSE c.status END
  FROM grouped g WHERE c.merchant_id = g.merchant_id AND c.id = g.conversation_id
)
SELECT a.n::int, a.traveler_id, a.assignee_id, a.follower_ids, a.watched,
  coalesce(r.id, f.id) AS id, coalesce(r.seq, f.seq)::int AS seq,
  (extract(epoch FROM coalesce(r.created_at, f.created_at)) * 1000)::float8 AS created_ms,
  f.n IS DISTINCT FROM a.n AS repeat,
  f.n = a.n AND a.sender_kind = 'traveler' AND a.status IN ('resolved', 'snoozed') AS reopened,
  CASE WHEN r.n IS NULL THEN NULL ELSE
    json_build_object('senderKind', r.sender_kind, 'senderName', r.sender_name, 'kind', r.kind, 'body', r.body,
      'moderation', r.moderation) END AS stored
FROM allowed a
LEFT JOIN repeated r ON r.n = a.n
LEFT JOIN fresh f ON r.n IS NULL AND f.merchant_id = a.merchant_id AND f.conversation_id = a.conversation_id
  AND f.sender_id = a.sender_id AND f.client_id = a.client_id`

interface Row {
  n: number
  traveler_id: string
  assignee_id: string | null
  follower_ids: string[]
  watched: boolean
  id: string
  seq: number
  created_ms: number
  repeat: boolean
  reopened: boolean
  stored: { senderKind: string; senderName: string; kind: string; body: object; moderation: string | null } | null
}

/** A draft with the id its row will have. */
export interface Entry {
  id: string
  draft: MessageDraft
}

/**
 * @returns one result per entry, in order; null for a conversation that is not there or not the sender's to write in.
 * @throws the database's error; nothing of the batch is written then.
 */
export async function appendMessages(pool: pg.Pool, entries: Entry[]): Promise<(Persisted | null)[]> {
  const input = entries.map(({ id, draft }) => ({
    id,
    merchantId: draft.merchantId,
    conversationId: draft.conversationId,
    clientId: draft.clientId,
    senderKind: draft.sender.kind,
    senderId: draft.sender.id,
    senderName: draft.sender.name,
    kind: draft.kind,
    body: draft.body,
    moderation: draft.moderation?.action ?? null,
  }))
  const { rows } = await pool.query<Row>({ name: 'append-messages', text, values: [JSON.stringify(input)] })
  const results: (Persisted | null)[] = entries.map(() => null)
  for (const row of rows) {
    const entry = entries[row.n - 1]
    if (entry) results[row.n - 1] = persisted(row, entry.draft)
  }
  return results
}

function persisted(row: Row, draft: MessageDraft): Persisted {
  const { conversationId, clientId, sender } = draft
  const agentIds = row.assignee_id === null ? [] : [row.assignee_id]
  for (const id of row.follower_ids) if (id !== row.assignee_id) agentIds.push(id)
  if (sender.kind === 'agent' && !agentIds.includes(sender.id)) agentIds.push(sender.id)
  return {
    message: { ...head(row), conversationId, clientId, ...content(row, draft) },
    repeat: row.repeat,
    reopened: row.reopened,
    audience: { travelerId: row.traveler_id, agentIds, assigned: row.assignee_id !== null, watched: row.watched },
  }
}

type Content = Pick<Message, 'sender' | 'moderation'> & MessageContent

function head(row: Row) {
  return { id: row.id, seq: row.seq, createdAt: new Date(row.created_ms).toISOString() }
}

/** A repeat is answered as it stands in the table, not as it was sent this time. */
function content({ stored }: Row, draft: MessageDraft): Content {
  if (stored === null) {
    const { sender, kind, body, moderation } = draft
    return { sender, kind, body, ...(moderation ? { moderation } : {}) } as Content
  }
  const { senderKind, senderName, kind, body, moderation } = stored
  return {
    sender: { kind: senderKind, id: draft.sender.id, name: senderName },
    kind,
    body,
    ...(moderation === null ? {} : { moderation: { action: moderation } }),
  } as unknown as Content
}
