import { type Actor, type AgentList, type AgentStatus, decode, type Role, schemas } from '@waggle/shared'
import { requireAgent } from './actor.ts'
import type { Conversations } from './conversations.ts'
import type { Deliver } from './deliveries.ts'
import type { DirectoryStore, Presence } from './ports.ts'

/** Agents coming, going and saying whether they take new conversations. */
export class Agents {
  readonly #directory: Pick<DirectoryStore, 'agents' | 'membership' | 'setAgentStatus'>
  readonly #presence: Presence
  readonly #conversations: Pick<Conversations, 'assignWaiting'>
  readonly #deliver: Deliver

  constructor(
    directory: Pick<DirectoryStore, 'agents' | 'membership' | 'setAgentStatus'>,
    presence: Presence,
    conversations: Pick<Conversations, 'assignWaiting'>,
    deliver: Deliver,
  ) {
    this.#directory = directory
    this.#presence = presence
    this.#conversations = conversations
    this.#deliver = deliver
  }

  /** After the connection stands in the registry: what waits may be theirs. Travelers pass through. */
  async connected(actor: Actor): Promise<void> {
    if (actor.kind !== 'agent') return
    const membership = await this.#directory.membership(actor.merchantId, actor.id)
    if (!membership) return
    this.#announce(actor, membership.status)
    await this.#conversations.assignWaiting(actor.merchantId)
  }

  /** After the connection left the registry. */
  async disconnected(actor: Actor): Promise<void> {
    if (actor.kind !== 'agent') return
    const connected = await this.#presence.connectedAgents(actor.merchantId)
    if (!connected.includes(actor.id)) this.#announce(actor, 'offline')
  }

  /** @throws WaggleError `invalid_input`, `forbidden`. */
  async setStatus(actor: Actor, input: unknown): Promise<void> {
    requireAgent(actor)
    const { status } = decode(schemas.statusInput, input)
    await this.#directory.setAgentStatus(actor.merchantId, actor.id, status)
    this.#announce(actor, status)
    if (status === 'online') await this.#conversations.assignWaiting(actor.merchantId)
  }

  /** The merchant's agents with the status their colleagues see. */
  async list(actor: Actor): Promise<AgentList> {
    requireAgent(actor)
    const [agents, connected] = await Promise.all([
      this.#directory.agents(actor.merchantId),
      this.#presence.connectedAgents(actor.merchantId),
    ])
    const living = new Set(connected)
    const items = agents.map((agent) => ({
      ...agent,
      role: agent.role as Role,
      status: living.has(agent.id) ? agent.status : ('offline' as const),
    }))
    return { items }
  }

  #announce(actor: Actor, status: AgentStatus): void {
    this.#deliver([
      {
        to: [{ kind: 'agents', merchantId: actor.merchantId }],
        event: { name: 'agent:presence', payload: { agent: { id: actor.id, name: actor.name, status } } },
      },
    ])
  }
}
