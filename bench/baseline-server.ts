/**
 * What the figures are compared with: Socket.IO with the sharded Redis adapter and nothing else.
 * A message is echoed to the room of its pair and acknowledged; nothing is checked, stored or numbered.
 * Run as a process of its own: `baseline-server.ts <redis url>`; prints its port.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createShardedAdapter } from '@socket.io/redis-adapter'
import { Redis } from 'ioredis'
import { Server } from 'socket.io'

const url = process.argv[2] ?? ''
const publisher = new Redis(url, { enableAutoPipelining: true })
const subscriber = new Redis(url)
const http = createServer()
const io = new Server(http, {
  adapter: createShardedAdapter(publisher, subscriber, { subscriptionMode: 'dynamic' }),
  transports: ['websocket'],
  perMessageDeflate: false,
})
const seqs = new Map<string, number>()

io.on('connection', (socket) => {
  // The same length as the rooms of Waggle: 20 characters would be taken for a socket id.
  const room = `pair:${String(socket.handshake.auth.pair).padStart(40, '0')}`
  void socket.join(room)
  socket.on('send', (message: { id: string; text: string }, answer: (result: object) => void) => {
    const seq = (seqs.get(room) ?? 0) + 1
    seqs.set(room, seq)
    io.to(room)
      .except(socket.id)
      .emit('new', { ...message, seq })
    answer({ ok: true, seq })
  })
})

http.listen(0, '127.0.0.1', () => {
  const { port } = http.address() as AddressInfo
  process.stdout.write(`${JSON.stringify({ event: 'ready', port })}\n`)
})
process.on('SIGTERM', () => process.exit(0))
