/** What the API answers, for its description; the types are those of `@waggle/shared`. */
import { type Conversation, type Me, type Message, schemas, type Word } from '@waggle/shared'
import { z } from 'zod'

const uuid = z.guid()
const time = z.iso.datetime().describe('ISO 8601, UTC')
const status = z.enum(['online', 'busy', 'away', 'offline'])
const role = z.enum(['traveler', 'agent', 'supervisor', 'admin', 'platform-admin', 'partner'])

export const sender = z.object({
  kind: z.enum(['traveler', 'agent', 'system', 'partner']),
  id: uuid,
  name: z.string(),
})
const head = {
  id: uuid,
  conversationId: uuid,
  seq: z.int().describe('1, 2, 3… per conversation, without gaps'),
  clientId: uuid,
  sender,
  createdAt: time,
  moderation: z.object({ action: z.enum(['mask', 'review']) }).optional(),
}
const text = z.object({ text: z.string() })
const file = schemas.attachmentBody
export const message = z.discriminatedUnion('kind', [
  z.object({ ...head, kind: z.literal('text'), body: text }),
  z.object({ ...head, kind: z.literal('note'), body: text }),
  z.object({ ...head, kind: z.literal('image'), body: file }),
  z.object({ ...head, kind: z.literal('file'), body: file }),
  z.object({ ...head, kind: z.literal('card'), body: schemas.cardBody }),
  z.object({
    ...head,
    kind: z.literal('event'),
    body: z.object({ event: z.string(), data: z.record(z.string(), z.string()).optional() }),
  }),
  z.object({ ...head, kind: z.literal('csat'), body: z.object({ score: z.number(), text: z.string().optional() }) }),
]) satisfies z.ZodType<Message>

export const agent = z.object({ id: uuid, name: z.string(), status: status.optional() })
export const traveler = z.object({
  id: uuid,
  name: z.string(),
  locale: z.string(),
  externalId: z.string().optional(),
  avatarHue: z.number(),
})
export const conversation = z.object({
  id: uuid,
  merchantId: uuid,
  status: z.enum(['open', 'pending', 'snoozed', 'resolved']),
  traveler,
  assignee: agent.nullable(),
  assignmentReason: z.string().nullable(),
  head: z.int().describe('seq of the newest message'),
  lastMessage: z
    .object({
      seq: z.int(),
      kind: z.enum(['text', 'note', 'image', 'file', 'card', 'event', 'csat']),
      preview: z.string(),
      sender,
      createdAt: time,
    })
    .nullable(),
  participants: z.array(
    z.object({
      participantId: uuid,
      kind: z.enum(['traveler', 'agent']),
      deliveredSeq: z.int(),
      readSeq: z.int(),
    }),
  ),
  subject: schemas.cardBody.nullable(),
  createdAt: time,
  updatedAt: time,
}) satisfies z.ZodType<Conversation>

export const merchant = z.object({ id: uuid, name: z.string(), key: z.string() })
export const me = z.object({
  user: z.object({ id: uuid, name: z.string(), email: z.string() }),
  merchant,
  role,
  status,
  merchants: z.array(merchant),
}) satisfies z.ZodType<Me>

export const word = z.object({
  id: uuid,
  text: z.string(),
  action: schemas.wordAction,
  direction: schemas.wordDirection,
  createdAt: time,
  createdBy: z.string(),
}) satisfies z.ZodType<Word>

export const attachment = z.object({
  id: uuid,
  name: z.string(),
  mime: z.string(),
  size: z.int(),
  width: z.int().optional(),
  height: z.int().optional(),
})
