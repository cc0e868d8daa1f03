import { createShardedAdapter } from '@socket.io/redis-adapter'
import { limits } from '@waggle/shared'
import { Server } from 'socket.io'
import type { RedisClients } from './cluster/redis-clients.ts'
import type { SocketServer } from './socket-server.ts'
import { allowRequest } from './worker/allow-request.ts'
import { PING_MS, PONG_MS } from './worker/heartbeat.ts'

/**
 * The Socket.IO server of a node. With Redis, each room has a channel of its own, so that a message
 * goes only to the nodes that hold somebody in it.
 */
export function createIo(redis: RedisClients | null, webOrigins: readonly string[]): SocketServer {
  return new Server({
    ...(redis
      ? { adapter: createShardedAdapter(redis.publish, redis.subscribe, { subscriptionMode: 'dynamic' }) }
      : {}),
    allowRequest: allowRequest(webOrigins),
    cors: { origin: [...webOrigins] },
    maxHttpBufferSize: limits.frameBytes,
    pingInterval: PING_MS,
    pingTimeout: PONG_MS,
    serveClient: false,
    // Small frames: compressing each costs more memory per connection than it saves on the wire.
    perMessageDeflate: false,
    httpCompression: false,
    // The namespace handshake carries the token; a socket that does not send it is dropped.
    connectTimeout: 10_000,
    transports: ['websocket', 'polling'],
  })
}
