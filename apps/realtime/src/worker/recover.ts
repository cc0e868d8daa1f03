import type { DeliveriesAnswer, DeliveriesAsked, Head, LoggedDelivery } from '../cluster/deliveries.ts'
import type { NodeInfo } from '../cluster/node-leases.ts'
import type { ServerSocket, SocketServer } from '../socket-server.ts'
import type { PendingAcks } from './pending-acks.ts'

/** Between two questions, milliseconds: while Redis works, and while it does not. */
const QUIET_MS = 2_000
const URGENT_MS = 200

export interface RecoverOptions {
  io: SocketServer
  acks: PendingAcks
  /** Dispatchers other than this process. */
  dispatchers(): readonly NodeInfo[]
  ask(node: NodeInfo, question: DeliveriesAsked): Promise<DeliveriesAnswer>
  /** Whether Redis brings this worker what is published. */
  subscribed(): boolean
  onRecovered(count: number): void
}

/**
 * The second way from a dispatcher to the sockets. Every dispatcher is asked for what it has published;
 * what has not come through Redis is pushed from here. While Redis works only the heads of conversations
 * are compared, which costs in proportion to the messages and not to the connections [DLV5]; while it does
 * not, whole deliveries come this way [DLV7].
 * @returns stop.
 */
export function recoverDeliveries(options: RecoverOptions): () => void {
  const followed = new Map<string, { after: number; timer: NodeJS.Timeout | undefined }>()
  let stopped = false

  const follow = (node: NodeInfo) => {
    const state = { after: 0, timer: undefined as NodeJS.Timeout | undefined }
    followed.set(node.nodeId, state)
    let published = true
    let askedAt = Number.NEGATIVE_INFINITY
    const turn = async () => {
      const whole = !published || !options.subscribed()
      if (!whole && performance.now() - askedAt < QUIET_MS) return
      askedAt = performance.now()
      const answer = await options.ask(node, { after: state.after, whole })
      published = answer.published
      state.after = answer.next
      if (whole) push(options, answer.deliveries)
      else await compare(options, node, answer.heads)
    }
    const schedule = () => {
      if (stopped || !options.dispatchers().some(({ nodeId }) => nodeId === node.nodeId)) {
        followed.delete(node.nodeId)
        return
      }
      // Often, so that a Redis that falls silent is noticed in between. A dispatcher that does not answer is asked again.
      state.timer = setTimeout(
        () =>
          void turn()
            .catch(() => {})
            .finally(schedule),
        URGENT_MS,
      ).unref()
    }
    schedule()
  }

  const look = () => {
    for (const node of options.dispatchers()) if (!followed.has(node.nodeId)) follow(node)
  }
  const looking = setInterval(look, URGENT_MS).unref()
  look()
  return () => {
    stopped = true
    clearInterval(looking)
    for (const { timer } of followed.values()) clearTimeout(timer)
  }
}

/** Asks for the messages of the heads that some connection here has not been sent. */
async function compare(options: RecoverOptions, node: NodeInfo, heads: readonly Head[]): Promise<void> {
  const lacking = heads.filter((head) =>
    receivers(options.io, head).some((socket) => !options.acks.hasLeft(socket, head.conversationId, head.seq)),
  )
  if (lacking.length === 0) return
  const { deliveries } = await options.ask(node, { after: 0, whole: false, pick: lacking.map(({ n }) => n) })
  push(options, deliveries)
}

function push({ io, acks, onRecovered }: RecoverOptions, deliveries: readonly LoggedDelivery[]): void {
  let count = 0
  for (const delivery of deliveries) {
    const { name, payload } = delivery
    for (const socket of receivers(io, delivery)) {
      if (name === 'message:new') {
        const { conversationId, seq } = (payload as { message: { conversationId: string; seq: number } }).message
        if (acks.hasLeft(socket, conversationId, seq)) continue
      }
      socket.emit(name as 'message:new', payload as never)
      count++
    }
  }
  if (count > 0) onRecovered(count)
}

/** Connections here that were open when it was published and are not the one that caused it. */
function receivers(
  io: SocketServer,
  { rooms, except, ageMs }: Pick<Head, 'rooms' | 'except' | 'ageMs'>,
): ServerSocket[] {
  const namespace = io.of('/')
  const found = new Map<string, ServerSocket>()
  const since = Date.now() - ageMs
  for (const room of rooms) {
    for (const id of namespace.adapter.rooms.get(room) ?? []) {
      const socket = namespace.sockets.get(id)
      if (socket && id !== except && socket.handshake.issued <= since) found.set(id, socket)
    }
  }
  return [...found.values()]
}
