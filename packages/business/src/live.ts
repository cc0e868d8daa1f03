import { type Actor, decode, schemas, WaggleError } from '@waggle/shared'
import { requireAgent, viewerOf } from './actor.ts'
import { agentSide, type Deliver, everybody } from './deliveries.ts'
import type { ConversationStore } from './ports.ts'

/** After so long without opening it anew or a reconnect, a thread that is only looked at shows new messages at the next one. */
const WATCHED_HOURS = 12

/** What is true only now: who types, who looks. */
export class Live {
  readonly #conversations: Pick<ConversationStore, 'audience' | 'watch'>
  readonly #deliver: Deliver

  constructor(conversations: Pick<ConversationStore, 'audience' | 'watch'>, deliver: Deliver) {
    this.#conversations = conversations
    this.#deliver = deliver
  }

  /** @throws WaggleError `invalid_input`, `not_found`. */
  async typing(actor: Actor, input: unknown, connectionId?: string): Promise<void> {
    const { conversationId, on } = decode(schemas.typingInput, input)
    const audience = await this.#audience(actor, conversationId)
    if (actor.kind === 'partner') throw new WaggleError('forbidden')
    this.#deliver([
      {
        to: everybody(actor.merchantId, conversationId, audience),
        event: {
          name: 'conversation:typing',
          payload: { conversationId, participant: { kind: actor.kind, id: actor.id, name: actor.name }, on },
        },
        volatile: true,
        ...(connectionId === undefined ? {} : { except: connectionId }),
      },
    ])
  }

  /**
   * An agent opens a conversation or leaves it. The worker keeps the connection in the
   * conversation's room only after this has resolved.
   * @throws WaggleError `forbidden`, `not_found`.
   */
  async viewing(actor: Actor, conversationId: string, on: boolean, connectionId?: string): Promise<void> {
    requireAgent(actor)
    const audience = await this.#audience(actor, conversationId)
    const outside = !audience.agentIds.includes(actor.id)
    if (on && outside) {
      await this.#conversations.watch(actor.merchantId, conversationId, WATCHED_HOURS)
      audience.watched = true
    }
    this.#deliver([
      {
        to: agentSide(actor.merchantId, conversationId, audience),
        event: {
          name: 'conversation:viewing',
          payload: { conversationId, agent: { id: actor.id, name: actor.name }, on },
        },
        volatile: true,
        ...(connectionId === undefined ? {} : { except: connectionId }),
      },
    ])
  }

  async #audience(actor: Actor, conversationId: string) {
    const audience = await this.#conversations.audience(viewerOf(actor), conversationId)
    if (!audience) throw new WaggleError('not_found', undefined, { field: 'conversationId' })
    return audience
  }
}
