import type { ServerSocket } from '../socket-server.ts'

/** A connection that lets this much pile up does not read; it is better off with a catch-up later. [SLOW1] */
const MAX_PACKETS = 256
const MAX_BYTES = 1024 * 1024

/** Whether more waits for this connection than it may: packets in Engine.IO, bytes in its WebSocket. */
export function isSlow(socket: ServerSocket): boolean {
  const { conn } = socket
  // Not in Engine.IO's types. A test reads it through a real connection, so that a change of name is noticed.
  const { writeBuffer } = conn as unknown as { writeBuffer?: unknown[] }
  if ((writeBuffer?.length ?? 0) > MAX_PACKETS) return true
  // Only the WebSocket transport has a socket below it.
  const { socket: below } = conn.transport as { socket?: { bufferedAmount?: number } }
  return (below?.bufferedAmount ?? 0) > MAX_BYTES
}
