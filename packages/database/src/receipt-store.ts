import type { ReceiptStore } from '@waggle/business'
import type pg from 'pg'
import { type AudienceRow, audienceColumns, audienceOf } from './conversation-rows.ts'
import { query } from './pool.ts'

/**
 * Sorted, so that two nodes that write marks of the same people wait for each other instead of
 * ending in a deadlock. The join with the conversation is the check of rights. [TEN1]
 */
const advance = `
WITH input AS (
  SELECT * FROM json_to_recordset($1::json) AS i("merchantId" uuid, "conversationId" uuid, "participantId" uuid,
    kind text, "deliveredSeq" int, "readSeq" int)
), allowed AS (
  SELECT c.merchant_id, c.id, ${audienceColumns}, i."participantId" AS participant_id, i.kind,
    LEAST(GREATEST(i."deliveredSeq", i."readSeq"), c.last_seq) AS delivered, LEAST(i."readSeq", c.last_seq) AS read
  FROM input i JOIN conversation c ON c.merchant_id = i."merchantId" AND c.id = i."conversationId"
  WHERE i.kind <> 'traveler' OR c.traveler_id = i."participantId"
), moved AS (
  INSERT INTO participant_state AS s (merchant_id, conversation_id, participant_id, kind, delivered_seq, read_seq)
  SELECT merchant_id, id, participant_id, kind, delivered, read FROM allowed
  WHERE delivered > 0 ORDER BY merchant_id, id, participant_id
  ON CONFLICT (merchant_id, conversation_id, participant_id) DO UPDATE
    SET delivered_seq = GREATEST(s.delivered_seq, excluded.delivered_seq), read_seq = GREATEST(s.read_seq, excluded.read_seq)
    WHERE excluded.delivered_seq > s.delivered_seq OR excluded.read_seq > s.read_seq
  RETURNING s.*
)
SELECT m.merchant_id, m.conversation_id, m.participant_id, m.kind, m.delivered_seq, m.read_seq,
  a.traveler_id, a.assignee_id, a.follower_ids, a.watched
FROM moved m JOIN allowed a
  ON a.merchant_id = m.merchant_id AND a.id = m.conversation_id AND a.participant_id = m.participant_id`

interface Row extends AudienceRow {
  merchant_id: string
  conversation_id: string
  participant_id: string
  kind: 'traveler' | 'agent'
  delivered_seq: number
  read_seq: number
}

export function createReceiptStore(pool: pg.Pool): ReceiptStore {
  return {
    advance: async (marks) => {
      const { rows } = await query<Row>(pool, advance, [JSON.stringify(marks)])
      return rows.map((row) => ({
        merchantId: row.merchant_id,
        update: {
          conversationId: row.conversation_id,
          participantId: row.participant_id,
          kind: row.kind,
          deliveredSeq: row.delivered_seq,
          readSeq: row.read_seq,
        },
        audience: audienceOf(row),
      }))
    },
  }
}
