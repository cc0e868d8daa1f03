/** Runtime checks of everything that comes from outside. Types are those of `protocol.ts`. */
import { z } from 'zod'
import { attachmentTypes, limits } from './protocol.ts'
import { textProblem } from './text.ts'

export const cleanText = (max: number) =>
  z
    .string()
    .max(max, `must be at most ${max} characters`)
    .superRefine((text, context) => {
      const problem = textProblem(text)
      if (problem) context.addIssue({ code: 'custom', message: problem })
    })

/** A text with something in it. Windows line ends are one line end. */
const filledText = (max: number) =>
  z.preprocess(
    (value) => (typeof value === 'string' ? value.replace(/\r\n?/g, '\n') : value),
    cleanText(max).refine((text) => text.trim() !== '', 'must not be empty'),
  )

export const id = z.guid('must be a UUID')
export const seq = z.int().min(0).max(2_147_483_647)
export const shortText = (max: number) => cleanText(max).refine((text) => text.trim() !== '', 'must not be empty')
/** Only links that a browser opens as pages; `javascript:` and `data:` never reach a bubble. */
const link = cleanText(2_000).refine(
  (value) => /^(https?:\/\/|\/(?!\/))/.test(value),
  'must be an http(s) URL or a path',
)

export const textBody = z.strictObject({ text: filledText(limits.textLength) })
export const attachmentBody = z.strictObject({
  attachmentId: id,
  name: shortText(200),
  mime: z.enum(Object.keys(attachmentTypes) as [string, ...string[]]),
  size: z.int().min(1).max(limits.attachmentBytes),
  width: z.int().min(1).max(20_000).optional(),
  height: z.int().min(1).max(20_000).optional(),
  text: cleanText(1_000).optional(),
})
export const cardBody = z.strictObject({
  card: z.enum(['product', 'order', 'itinerary']),
  id: shortText(100),
  title: shortText(200),
  subtitle: cleanText(300).optional(),
  imageUrl: link.optional(),
  url: link.optional(),
  price: cleanText(50).optional(),
  fields: z
    .array(z.strictObject({ label: shortText(50), value: cleanText(200) }))
    .max(20)
    .optional(),
})

const envelope = {
  conversationId: id.optional(),
  clientId: id,
  subject: cardBody.optional(),
}
/** What a client may send. `event` and `csat` are not among them: the server writes those. */
export const sendInput = z.discriminatedUnion('kind', [
  z.strictObject({ ...envelope, kind: z.literal('text'), body: textBody }),
  z.strictObject({ ...envelope, kind: z.literal('note'), body: textBody }),
  z.strictObject({ ...envelope, kind: z.literal('image'), body: attachmentBody }),
  z.strictObject({ ...envelope, kind: z.literal('file'), body: attachmentBody }),
  z.strictObject({ ...envelope, kind: z.literal('card'), body: cardBody }),
])
export type CheckedSend = z.infer<typeof sendInput>

export const cursorInput = z.strictObject({ conversationId: id, seq })
export const typingInput = z.strictObject({ conversationId: id, on: z.boolean() })
export const viewingInput = z.strictObject({ conversationId: id.nullable() })
export const syncInput = z.strictObject({
  cursors: z.record(id, seq).refine((cursors) => Object.keys(cursors).length <= limits.syncConversations, {
    message: `must name at most ${limits.syncConversations} conversations`,
  }),
})
export const statusInput = z.strictObject({ status: z.enum(['online', 'busy', 'away']) })

export const handshakeAuth = z.object({
  token: z.string().min(1).max(4_096),
  platform: z.enum(['web', 'h5', 'ios', 'android', 'windows', 'http']),
  protocol: z.literal(1),
})

/** What a merchant's token says of a traveler. A number is as good an id as a text; a longer name is cut. */
export const identity = z.object({
  identityToken: z.object({
    sub: z.preprocess((value) => (typeof value === 'number' ? String(value) : value), shortText(255)),
    name: z.preprocess(
      (value) => (typeof value === 'string' ? Array.from(value).slice(0, 100).join('') : ''),
      cleanText(200),
    ),
  }),
})

export const wordAction = z.enum(['block', 'mask', 'review'])
export const wordDirection = z.enum(['both', 'traveler-to-agent', 'agent-to-traveler'])
export const wordInput = z.strictObject({
  text: shortText(100),
  action: wordAction,
  direction: wordDirection.default('both'),
})
export const wordPatch = z.strictObject({ action: wordAction.optional(), direction: wordDirection.optional() })
