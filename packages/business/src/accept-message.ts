import { type Actor, decode, type Message, type SendInput, schemas, WaggleError } from '@waggle/shared'
import { attachUpload } from './attachments.ts'
import type { Conversations } from './conversations.ts'
import { type Deliver, messageDeliveries } from './deliveries.ts'
import { moderate, type Verdict } from './moderate.ts'
import type { AttachmentStore, MessageDraft, MessageStore, WordStore } from './ports.ts'
import type { WordLists } from './word-lists.ts'

export interface AcceptDependencies {
  messages: MessageStore
  attachments: Pick<AttachmentStore, 'attach' | 'find'>
  words: Pick<WordStore, 'recordHit'>
  wordLists: Pick<WordLists, 'matcher'>
  conversations: Pick<Conversations, 'openFor' | 'announce' | 'assignWaiting'>
  deliver: Deliver
  onError(error: unknown): void
}

export interface Accepted {
  message: Message
  /** The same send had been accepted before. [SEND1] */
  repeat: boolean
}

/**
 * One message from any protocol, from its raw form to the row in Postgres and on its way to the
 * receivers. Moderation stands before the thread is opened, so that a blocked first message
 * leaves no empty thread behind.
 * @param input untrusted.
 * @param connectionId the sender's connection, which gets the answer and not the push.
 * @throws WaggleError `invalid_input`, `forbidden`, `not_found`, `message_blocked`, `unavailable`.
 */
export async function acceptMessage(
  deps: AcceptDependencies,
  actor: Actor,
  input: unknown,
  connectionId?: string,
): Promise<Accepted> {
  const send: SendInput = decode(schemas.sendInput, input)
  authorize(actor, send)
  const verdict = await check(deps, actor, send)
  if (verdict.action === 'block') return blocked(deps, actor, send, verdict)

  const thread = await threadOf(deps, actor, send)
  if ('message' in thread) return { message: thread.message, repeat: true }
  const content = await attachUpload(deps.attachments, actor, verdict.content, thread.conversationId)

  const draft: MessageDraft = {
    ...content,
    merchantId: actor.merchantId,
    conversationId: thread.conversationId,
    clientId: send.clientId,
    sender: { kind: actor.kind, id: actor.id, name: actor.name },
    ...(verdict.mark ? { moderation: verdict.mark } : {}),
  }
  const { message, repeat, reopened, audience } = await deps.messages.append(draft)

  // A repeat is told again: the process that wrote it may have died before it told anybody.
  deps.deliver(messageDeliveries(actor.merchantId, message, audience, connectionId))
  if (!repeat) recordHit(deps, actor, verdict, thread.conversationId)
  // Of a repeat only where it may have opened the thread: a client that repeats must not cost a message to every agent.
  const news = thread.opened || reopened || (repeat && message.seq === 1)
  if (news) announce(deps, actor.merchantId, thread.conversationId, audience.assigned)
  return { message, repeat }
}

function authorize(actor: Actor, send: SendInput): void {
  if (send.kind === 'note' && actor.kind !== 'agent') throw new WaggleError('forbidden', 'Only agents may write notes')
  if (actor.kind !== 'traveler' && send.conversationId === undefined) {
    throw new WaggleError('invalid_input', 'conversationId: is required', { field: 'conversationId' })
  }
}

async function check(deps: AcceptDependencies, actor: Actor, send: SendInput): Promise<Verdict> {
  const matcher = await deps.wordLists.matcher(actor.merchantId)
  const { kind, body } = send
  // The pair was decoded together; the compiler sees two unions.
  const content = { kind, body } as Pick<MessageDraft, 'kind' | 'body'> as MessageDraft
  return moderate(matcher, content, actor.kind === 'traveler' ? 'traveler' : 'agent')
}

/** A send that was accepted before its word was listed keeps its answer. [SEND1] */
async function blocked(deps: AcceptDependencies, actor: Actor, send: SendInput, verdict: Verdict): Promise<Accepted> {
  const earlier = await deps.messages.findSent(actor.merchantId, actor.id, send.clientId)
  if (earlier && (send.conversationId ?? earlier.message.conversationId) === earlier.message.conversationId) {
    return { message: earlier.message, repeat: true }
  }
  recordHit(deps, actor, verdict, send.conversationId ?? null)
  throw new WaggleError('message_blocked', undefined, { field: 'body' })
}

type Thread = { conversationId: string; opened: boolean } | { message: Message }

/** Where it goes. Without a conversationId the same send may have opened, or reached, a thread before. */
async function threadOf(deps: AcceptDependencies, actor: Actor, send: SendInput): Promise<Thread> {
  if (send.conversationId !== undefined) return { conversationId: send.conversationId, opened: false }
  const earlier = await deps.messages.findSent(actor.merchantId, actor.id, send.clientId)
  if (earlier) return { message: earlier.message }
  return deps.conversations.openFor(actor, send.subject)
}

function recordHit(deps: AcceptDependencies, actor: Actor, verdict: Verdict, conversationId: string | null): void {
  if (verdict.action === 'pass') return
  const { action, words, original } = verdict
  deps.words
    .recordHit({ merchantId: actor.merchantId, conversationId, senderId: actor.id, action, words, text: original })
    .catch(deps.onError)
}

/** Not awaited: the sender's answer does not depend on it. */
function announce(deps: AcceptDependencies, merchantId: string, conversationId: string, assigned: boolean): void {
  const told = deps.conversations.announce(merchantId, conversationId)
  // An agent who came while the thread was being opened did not see it waiting.
  told.then(() => (assigned ? undefined : deps.conversations.assignWaiting(merchantId))).catch(deps.onError)
}
