import type { Actor, ClientToServer, ServerToClient } from '@waggle/shared'
import type { DefaultEventsMap, Server, Socket } from 'socket.io'

export interface SocketData {
  actor: Actor
  ip: string
  platform: string
  /** The conversation an agent has open. */
  viewing: string | null
}
export type SocketServer = Server<ClientToServer, ServerToClient, DefaultEventsMap, SocketData>
export type ServerSocket = Socket<ClientToServer, ServerToClient, DefaultEventsMap, SocketData>
