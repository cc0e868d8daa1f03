import type { Platform } from '@waggle/shared'
import type { Connection } from '../cluster/connection-registry.ts'
import type { ServerSocket } from '../socket-server.ts'

/** A socket as the registry shows it. */
export function connectionOf(socket: ServerSocket, nodeId: string): Connection {
  const { actor, ip, platform } = socket.data
  return {
    connectionId: socket.id,
    nodeId,
    merchantId: actor.merchantId,
    userId: actor.id,
    role: actor.role,
    ip,
    platform: platform as Platform,
    channel: socket.conn.transport.name,
    userAgent: (socket.handshake.headers['user-agent'] ?? '').slice(0, 300),
    connectedAt: new Date(socket.handshake.issued).toISOString(),
  }
}
