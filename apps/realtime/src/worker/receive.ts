import type { SocketBusiness } from '@waggle/business'
import { type ClientToServer, toErrorBody, WaggleError } from '@waggle/shared'
import type { Gatekeeper } from '../gatekeeper.ts'
import type { ServerSocket } from '../socket-server.ts'
import type { PendingAcks } from './pending-acks.ts'
import { setViewing } from './viewing.ts'

export interface ReceiveDependencies {
  business: SocketBusiness
  gatekeeper: Pick<Gatekeeper, 'send'>
  acks: Pick<PendingAcks, 'acked'>
  /** Resolves when every room this connection joined is subscribed to in Redis. */
  subscribed(): Promise<void>
  /** An error that is ours, not the client's. */
  onError(event: string, error: unknown): void
}

type EventName = keyof ClientToServer
type Handler = (socket: ServerSocket, input: unknown) => Promise<object | undefined>

/** One handler per event of the protocol; what it resolves to goes into the answer. */
function handlers({ business, gatekeeper, subscribed, acks }: ReceiveDependencies): Record<EventName, Handler> {
  return {
    'message:send': async (socket, input) => {
      await gatekeeper.send(socket.data.actor)
      return business.sendMessage(socket.data.actor, input, socket.id)
    },
    'message:ack': async (socket, input) => {
      acknowledge(acks, socket, input)
      await business.markDelivered(socket.data.actor, input)
      return undefined
    },
    'conversation:read': async (socket, input) => {
      acknowledge(acks, socket, input)
      await business.markRead(socket.data.actor, input)
      return undefined
    },
    'conversation:typing': async (socket, input) => {
      await business.typing(socket.data.actor, input, socket.id)
      return undefined
    },
    'conversation:viewing': async (socket, input) => {
      await setViewing(business, socket, input)
      // What is committed after the answer is pushed.
      await subscribed()
      return undefined
    },
    'conversation:sync': async (socket, input) => {
      // What is committed before the answer is in it, what is committed later is pushed. [DLV4]
      await subscribed()
      return business.sync(socket.data.actor, input)
    },
    'agent:status': async (socket, input) => {
      await business.setStatus(socket.data.actor, input)
      return undefined
    },
  }
}

/** Delivered or read: it has arrived. What is wrong with the input, the business layer says. */
function acknowledge(acks: Pick<PendingAcks, 'acked'>, socket: ServerSocket, input: unknown): void {
  const { conversationId, seq } = (input ?? {}) as { conversationId?: unknown; seq?: unknown }
  acks.acked(socket, conversationId, seq)
}

/**
 * Answers every event of a connection with `{ok: true, …}` or `{ok: false, error}`. Whatever comes
 * in, unknown events and payloads of any shape included, gets an answer and never throws.
 */
export function receive(socket: ServerSocket, deps: ReceiveDependencies): void {
  const known = handlers(deps)
  socket.use(([event, ...args], next) => {
    // Handled here rather than with `on`, so that an unknown event is answered as well.
    const last = args.at(-1)
    const answer = typeof last === 'function' ? (last as (result: object) => void) : () => {}
    const handler = Object.hasOwn(known, event) ? known[event as EventName] : undefined
    const input = typeof args[0] === 'function' ? undefined : args[0]
    const handled = handler ? handler(socket, input) : Promise.reject(new WaggleError('unknown_event'))
    handled
      .then((result) => answer({ ok: true, ...result }))
      .catch((error) => {
        if (!(error instanceof WaggleError)) deps.onError(event, error)
        answer({ ok: false, error: toErrorBody(error) })
      })
    next()
  })
}
