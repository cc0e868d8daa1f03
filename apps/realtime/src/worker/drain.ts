import type { SocketServer } from '../socket-server.ts'

/** Milliseconds over which the clients of a stopping node come back, so that they do not come all at once. */
const SPREAD_MS = 2_000

/** Tells every client of this node to come back to another one, then lets go of them. */
export function drain(io: SocketServer): void {
  for (const socket of io.of('/').sockets.values()) {
    socket.emit('session:closing', { reason: 'draining', retryInMs: Math.round(Math.random() * SPREAD_MS) })
  }
  io.of('/').local.disconnectSockets(true)
  io.engine?.close()
}
