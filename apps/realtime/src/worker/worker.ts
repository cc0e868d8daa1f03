import type { SocketBusiness } from '@waggle/business'
import type { ConnectionRegistry } from '../cluster/connection-registry.ts'
import type { Events } from '../events.ts'
import type { ServerSocket, SocketServer } from '../socket-server.ts'
import { authenticate } from './authenticate.ts'
import { onConnect } from './on-connect.ts'

export interface WorkerOptions {
  io: SocketServer
  business: SocketBusiness
  registry: ConnectionRegistry
  nodeId: string
  /** Read the client's address from `X-Forwarded-For`, which a proxy of ours set. */
  trustProxy: boolean
  /** Resolves when the rooms joined so far are subscribed to in Redis. */
  subscribed(): Promise<void>
  events: Events
}

/** Holds sockets and knows no business rule: verifies, registers, passes events on. */
export function startWorker(options: WorkerOptions): void {
  const { io, business, registry, nodeId, subscribed, events } = options
  io.use(authenticate(business, (socket) => clientIp(socket, options.trustProxy)))
  io.on('connection', (socket) =>
    onConnect(socket, {
      business,
      registry,
      nodeId,
      subscribed,
      onConnected: ({ data }) => events.connected(data.actor.kind),
      onDisconnected: ({ data }, reason) => events.disconnected(data.actor.kind, reason),
      onError: events.failed,
    }),
  )
}

function clientIp(socket: ServerSocket, trustProxy: boolean): string {
  const forwarded = socket.handshake.headers['x-forwarded-for']
  if (!trustProxy || forwarded === undefined) return socket.handshake.address
  // The last entry is the one our own proxy added; what stands before it the client may have made up.
  return String(forwarded).split(',').at(-1)?.trim() ?? socket.handshake.address
}
