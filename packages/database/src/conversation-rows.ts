import type { Audience, Viewer } from '@waggle/business'
import { forTraveler } from '@waggle/business'
import {
  type CardBody,
  type Conversation,
  type ConversationStatus,
  type Message,
  type ParticipantState,
  previewOf,
  type Sender,
} from '@waggle/shared'
import { avatarHue } from './avatar-hue.ts'

/** Everything that a `Conversation` shows, one row each; `c` is the conversation. */
export const selectConversation = `
SELECT c.id, c.merchant_id, c.status, c.assignee_id, u.name AS assignee_name, c.assignment_reason, c.last_seq,
  c.last_message_at, c.subject, c.created_at, c.updated_at,
  t.id AS traveler_id, t.name AS traveler_name, t.locale, t.external_id,
  (SELECT json_build_object('kind', m.kind, 'body', m.body, 'createdAt', m.created_at,
      'sender', json_build_object('kind', m.sender_kind, 'id', m.sender_id, 'name', m.sender_name))
    FROM message m WHERE m.merchant_id = c.merchant_id AND m.conversation_id = c.id AND m.seq = c.last_seq) AS last,
  (SELECT json_agg(json_build_object('participantId', p.participant_id, 'kind', p.kind,
      'deliveredSeq', p.delivered_seq, 'readSeq', p.read_seq) ORDER BY p.participant_id)
    FROM participant_state p WHERE p.merchant_id = c.merchant_id AND p.conversation_id = c.id) AS participants
FROM conversation c
JOIN traveler t ON t.merchant_id = c.merchant_id AND t.id = c.traveler_id
LEFT JOIN "user" u ON u.id = c.assignee_id`

export interface ConversationRow {
  id: string
  merchant_id: string
  status: ConversationStatus
  assignee_id: string | null
  assignee_name: string | null
  assignment_reason: string | null
  last_seq: number
  last_message_at: Date
  subject: CardBody | null
  created_at: Date
  updated_at: Date
  traveler_id: string
  traveler_name: string
  locale: string
  external_id: string | null
  last: { kind: Message['kind']; body: object; createdAt: string; sender: Sender } | null
  participants: ParticipantState[] | null
}

/** As this viewer may see it. */
export function conversationFor(viewer: Viewer, row: ConversationRow): Conversation {
  const conversation = conversationOf(row)
  return viewer.kind === 'traveler' ? forTraveler(conversation) : conversation
}

function conversationOf(row: ConversationRow): Conversation {
  return {
    id: row.id,
    merchantId: row.merchant_id,
    status: row.status,
    traveler: {
      id: row.traveler_id,
      name: row.traveler_name,
      locale: row.locale,
      avatarHue: avatarHue(row.traveler_id),
      ...(row.external_id === null ? {} : { externalId: row.external_id }),
    },
    assignee: row.assignee_id === null ? null : { id: row.assignee_id, name: row.assignee_name ?? '' },
    assignmentReason: row.assignment_reason,
    head: row.last_seq,
    lastMessage: row.last && lastMessage(row.last_seq, row.last),
    participants: row.participants ?? [],
    subject: row.subject,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }
}

function lastMessage(seq: number, last: NonNullable<ConversationRow['last']>): Conversation['lastMessage'] {
  const { kind, sender } = last
  return { seq, kind, preview: preview(last.body), sender, createdAt: new Date(last.createdAt).toISOString() }
}

/** The words of a body, whatever its kind; empty when it has none. */
function preview(body: { text?: string; title?: string; name?: string }): string {
  return previewOf(body.text ?? body.title ?? body.name ?? '')
}

export interface AudienceRow {
  traveler_id: string
  assignee_id: string | null
  follower_ids: string[]
  watched: boolean
}

/** Columns of an `AudienceRow`, of conversation `c`. */
export const audienceColumns =
  'c.traveler_id, c.assignee_id, c.follower_ids, coalesce(c.watched_until > now(), false) AS watched'

/** The assignee first, then the agents who wrote there, each once. */
export function audienceOf(row: AudienceRow): Audience {
  const agentIds = row.assignee_id === null ? [] : [row.assignee_id]
  for (const id of row.follower_ids) if (id !== row.assignee_id) agentIds.push(id)
  return { travelerId: row.traveler_id, agentIds, assigned: row.assignee_id !== null, watched: row.watched }
}

/** SQL: whether the viewer ($1 merchant, $2 id) may see conversation `c`. Merchants are walls. [TEN1] */
export function visibleTo(viewer: Viewer): string {
  return viewer.kind === 'traveler'
    ? 'c.merchant_id = $1::uuid AND c.traveler_id = $2::uuid'
    : 'c.merchant_id = $1::uuid AND $2::uuid IS NOT NULL'
}
