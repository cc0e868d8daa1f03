import type { SocketBusiness } from '@waggle/business'
import type { ConnectionRegistry } from '../cluster/connection-registry.ts'
import type { Events } from '../events.ts'
import type { Gatekeeper } from '../gatekeeper.ts'
import type { ServerSocket, SocketServer } from '../socket-server.ts'
import { authenticate } from './authenticate.ts'
import { onConnect } from './on-connect.ts'
import type { AckRules } from './pending-acks.ts'
import { PendingAcks } from './pending-acks.ts'
import { cut } from './push.ts'
import { type RecoverOptions, recoverDeliveries } from './recover.ts'

export interface WorkerOptions {
  io: SocketServer
  business: SocketBusiness
  registry: ConnectionRegistry
  gatekeeper: Gatekeeper
  nodeId: string
  /** Read the client's address from `X-Forwarded-For`, which a proxy of ours set. */
  trustProxy: boolean
  /** Resolves when the rooms joined so far are subscribed to in Redis. */
  subscribed(): Promise<void>
  /** How long an ack may take. */
  ackRules: AckRules
  /** The second way to the dispatchers; null when this process is all there is. */
  recovery: Pick<RecoverOptions, 'dispatchers' | 'ask' | 'subscribed'> | null
  events: Events
}

/** Holds sockets and knows no business rule: verifies, registers, passes events on. */
export function startWorker(options: WorkerOptions): { stop(): void } {
  const acks = new PendingAcks(options.ackRules, (socket) => cut(socket, 'ack-timeout'))
  const { io, business, registry, gatekeeper, nodeId, subscribed, events } = options
  io.use(authenticate(business, gatekeeper, (socket) => clientIp(socket, options.trustProxy)))
  io.on('connection', (socket) =>
    onConnect(socket, {
      business,
      registry,
      gatekeeper,
      acks,
      nodeId,
      subscribed,
      onConnected: ({ data }) => events.connected(data.actor.kind),
      onDisconnected: ({ data }, reason) => events.disconnected(data.actor.kind, reason),
      onError: events.failed,
    }),
  )
  const stopRecovery = options.recovery
    ? recoverDeliveries({ io, acks, ...options.recovery, onRecovered: events.recovered })
    : () => {}
  return {
    stop: () => {
      stopRecovery()
      acks.stop()
    },
  }
}

function clientIp(socket: ServerSocket, trustProxy: boolean): string {
  const forwarded = socket.handshake.headers['x-forwarded-for']
  if (!trustProxy || forwarded === undefined) return socket.handshake.address
  // The last entry is the one our own proxy added; what stands before it the client may have made up.
  return String(forwarded).split(',').at(-1)?.trim() ?? socket.handshake.address
}
