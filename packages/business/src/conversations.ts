import {
  type Actor,
  type CardBody,
  type Conversation,
  type ConversationPage,
  type ConversationView,
  type MessagePage,
  type SyncResult,
  WaggleError,
} from '@waggle/shared'
import { requireAgent, viewerOf } from './actor.ts'
import { conversationDeliveries, type Deliver } from './deliveries.ts'
import type { ConversationStore, MessageStore, Presence } from './ports.ts'

/** Whose conversation it is and in what state: reading, opening, assigning, closing. */
export class Conversations {
  readonly #store: ConversationStore
  readonly #messages: Pick<MessageStore, 'page'>
  readonly #presence: Presence
  readonly #deliver: Deliver

  constructor(store: ConversationStore, messages: Pick<MessageStore, 'page'>, presence: Presence, deliver: Deliver) {
    this.#store = store
    this.#messages = messages
    this.#presence = presence
    this.#deliver = deliver
  }

  /** @throws WaggleError `not_found`, also when the actor may not see it. [TEN1] */
  async find(actor: Actor, conversationId: string): Promise<Conversation> {
    const conversation = await this.#store.find(viewerOf(actor), conversationId)
    if (!conversation) throw new WaggleError('not_found')
    return conversation
  }

  list(actor: Actor, query: { view: ConversationView; limit: number; cursor?: string }): Promise<ConversationPage> {
    return this.#store.list(viewerOf(actor), query)
  }

  /** @throws WaggleError `not_found`. */
  messages(
    actor: Actor,
    conversationId: string,
    range: { before?: number; after?: number; limit: number },
  ): Promise<MessagePage> {
    return this.#messages.page(viewerOf(actor), conversationId, range)
  }

  async sync(actor: Actor, cursors: Record<string, number>): Promise<SyncResult> {
    return { conversations: await this.#store.sync(viewerOf(actor), cursors) }
  }

  /** The traveler's open conversation, or a new one that is assigned in the same transaction. */
  async openFor(traveler: Actor, subject?: CardBody): Promise<{ conversationId: string; opened: boolean }> {
    const candidates = await this.#presence.connectedAgents(traveler.merchantId)
    return this.#store.open(traveler.merchantId, traveler.id, { candidates, ...(subject ? { subject } : {}) })
  }

  /** Gives what waits to the agents who are connected and online. Called whenever one comes. */
  async assignWaiting(merchantId: string): Promise<void> {
    const candidates = await this.#presence.connectedAgents(merchantId)
    if (candidates.length === 0) return
    const assigned = await this.#store.assignWaiting(merchantId, candidates)
    for (const { conversationId } of assigned) await this.announce(merchantId, conversationId)
  }

  /** @throws WaggleError `not_found`; `conflict` naming the agent who has it. */
  async claim(actor: Actor, conversationId: string): Promise<Conversation> {
    requireAgent(actor)
    await this.#store.claim(actor.merchantId, conversationId, actor.id)
    return this.announce(actor.merchantId, conversationId)
  }

  /** @throws WaggleError `not_found`; `invalid_input` on `agentId`. */
  async assign(actor: Actor, conversationId: string, agentId: string): Promise<Conversation> {
    requireAgent(actor)
    await this.#store.assign(actor.merchantId, conversationId, agentId, `assigned by ${actor.name}`)
    return this.announce(actor.merchantId, conversationId)
  }

  /** @throws WaggleError `not_found`. */
  async setStatus(actor: Actor, conversationId: string, status: 'open' | 'resolved'): Promise<Conversation> {
    requireAgent(actor)
    await this.#store.setStatus(actor.merchantId, conversationId, status)
    return this.announce(actor.merchantId, conversationId)
  }

  /** Tells the agents and the traveler how the conversation stands now. */
  async announce(merchantId: string, conversationId: string): Promise<Conversation> {
    const conversation = await this.#store.find({ merchantId, kind: 'agent', id: merchantId }, conversationId)
    if (!conversation) throw new WaggleError('not_found')
    this.#deliver(conversationDeliveries(conversation))
    return conversation
  }
}
