/**
 * What the business layer wants told, and to whom, as plain data. How a person is reached
 * (which worker, which socket) is the dispatcher's affair.
 */
import type { Conversation, Message, Sender, ServerToClient } from '@waggle/shared'
import type { Audience } from './ports.ts'

export type ServerEvent = {
  [E in keyof ServerToClient]: { name: E; payload: Parameters<ServerToClient[E]>[0] }
}[keyof ServerToClient]

export type Address =
  | { kind: 'person'; merchantId: string; id: string }
  /** Every connected agent of the merchant. */
  | { kind: 'agents'; merchantId: string }
  /** Agents who have the conversation open without being in it. */
  | { kind: 'viewers'; merchantId: string; conversationId: string }

export interface Delivery {
  to: Address[]
  event: ServerEvent
  /** The connection that caused it and knows already. */
  except?: string
  /** Worth nothing a second later: dropped rather than queued for a slow connection. */
  volatile?: boolean
}

/** Hands deliveries over; never throws, never waits. What gets lost on the way, catch-up finds. */
export type Deliver = (deliveries: Delivery[]) => void

/** Everybody of the conversation on the agents' side; all agents while nobody has it. */
export function agentSide(merchantId: string, conversationId: string, audience: Audience): Address[] {
  if (!audience.assigned) return [{ kind: 'agents', merchantId }]
  const persons: Address[] = audience.agentIds.map((id) => ({ kind: 'person', merchantId, id }))
  // Seldom: nothing is published for viewers who are not there.
  return audience.watched ? [...persons, { kind: 'viewers', merchantId, conversationId }] : persons
}

export function everybody(merchantId: string, conversationId: string, audience: Audience): Address[] {
  return [{ kind: 'person', merchantId, id: audience.travelerId }, ...agentSide(merchantId, conversationId, audience)]
}

/** What stands in the place of a note for a traveler: uses up the seq, shows nothing. */
export function hiddenFrom(message: Message): Message {
  const { id, conversationId, seq, createdAt } = message
  const sender: Sender = { kind: 'system', id: conversationId, name: '' }
  return { id, conversationId, seq, createdAt, clientId: id, sender, kind: 'event', body: { event: 'hidden' } }
}

export function messageDeliveries(
  merchantId: string,
  message: Message,
  audience: Audience,
  connectionId?: string,
): Delivery[] {
  const except = connectionId === undefined ? {} : { except: connectionId }
  const event = { name: 'message:new' as const, payload: { message } }
  if (message.kind !== 'note')
    return [{ to: everybody(merchantId, message.conversationId, audience), event, ...except }]
  return [
    { to: agentSide(merchantId, message.conversationId, audience), event, ...except },
    {
      to: [{ kind: 'person', merchantId, id: audience.travelerId }],
      event: { name: 'message:new', payload: { message: hiddenFrom(message) } },
    },
  ]
}

/** A changed conversation: to all agents, whose lists show it, and to its traveler. */
export function conversationDeliveries(conversation: Conversation): Delivery[] {
  const { merchantId } = conversation
  return [
    { to: [{ kind: 'agents', merchantId }], event: { name: 'conversation:updated', payload: { conversation } } },
    {
      to: [{ kind: 'person', merchantId, id: conversation.traveler.id }],
      event: { name: 'conversation:updated', payload: { conversation: forTraveler(conversation) } },
    },
  ]
}

/** Without what is only the agents' business. */
export function forTraveler(conversation: Conversation): Conversation {
  const { lastMessage } = conversation
  return {
    ...conversation,
    assignmentReason: null,
    lastMessage: lastMessage?.kind === 'note' ? null : lastMessage,
  }
}
