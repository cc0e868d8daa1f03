import { hiddenFrom, type Viewer } from '@waggle/business'
import type { Message, ModerationMark, Sender } from '@waggle/shared'

/** The columns that `messageOf` reads, of a table or alias `m`. */
export const messageColumns =
  'm.id, m.conversation_id, m.seq, m.client_id, m.sender_kind, m.sender_id, m.sender_name, m.kind, m.body, m.moderation, m.created_at'

export interface MessageRow {
  id: string
  conversation_id: string
  seq: number
  client_id: string
  sender_kind: string
  sender_id: string
  sender_name: string
  kind: string
  body: object
  moderation: ModerationMark['action'] | null
  created_at: Date
}

export function messageOf(row: MessageRow): Message {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    seq: row.seq,
    clientId: row.client_id,
    sender: { kind: row.sender_kind as Sender['kind'], id: row.sender_id, name: row.sender_name },
    kind: row.kind,
    body: row.body,
    createdAt: row.created_at.toISOString(),
    ...(row.moderation === null ? {} : { moderation: { action: row.moderation } }),
  } as Message
}

/** As this viewer may see it: an agents' note is a placeholder for the traveler. */
export function messageFor(viewer: Viewer, row: MessageRow): Message {
  const message = messageOf(row)
  return viewer.kind === 'traveler' && message.kind === 'note' ? hiddenFrom(message) : message
}
