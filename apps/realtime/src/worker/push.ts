import type { CloseReason, Message } from '@waggle/shared'
import type { ServerSocket } from '../socket-server.ts'
import { isSlow } from './backlog.ts'
import type { PendingAcks } from './pending-acks.ts'

/** Clients of a connection that was given up come back within this many milliseconds, not all at once. */
const RETURN_MS = 1_000

/** Watches what leaves for a connection, by whichever way it came to this worker. */
export function watchPushes(
  socket: ServerSocket,
  acks: PendingAcks,
  cut: (socket: ServerSocket, reason: CloseReason) => void,
): void {
  socket.onAnyOutgoing((event: string, payload: unknown) => {
    if (event === 'message:new') acks.pushed(socket, (payload as { message: Message }).message)
    if (isSlow(socket)) cut(socket, 'slow-consumer')
  })
}

/** Ends a connection with a reason that says "come back and catch up". */
export function cut(socket: ServerSocket, reason: CloseReason): void {
  if (!socket.connected) return
  const { conn } = socket
  if (reason !== 'slow-consumer') {
    socket.emit('session:closing', { reason, retryInMs: Math.round(Math.random() * RETURN_MS) })
  }
  socket.disconnect()
  // Whoever does not read would hold its backlog until it does: nothing is waited for.
  conn.close(reason === 'slow-consumer')
}
