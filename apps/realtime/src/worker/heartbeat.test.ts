import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { Server } from 'socket.io'
import { io } from 'socket.io-client'
import { expect, test } from 'vitest'
import type { ServerSocket } from '../socket-server.ts'
import { heartbeatOnIdle } from './heartbeat.ts'

test('[HB1] who writes gets fewer pings than who is silent, and neither is cut', async () => {
  const ms = { ping: 100, pong: 400 }
  const http = createServer()
  const server = new Server(http, { pingInterval: ms.ping, pingTimeout: ms.pong, transports: ['websocket'] })
  const timers: unknown[] = []
  server.on('connection', (socket) => {
    timers.push((socket.conn as unknown as { pingIntervalTimer?: { refresh?: unknown } }).pingIntervalTimer?.refresh)
    heartbeatOnIdle(socket as unknown as ServerSocket, ms)
  })
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done))
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  const connect = async () => {
    const socket = io(url, { transports: ['websocket'], forceNew: true, reconnection: false })
    const seen = { socket, pings: 0 }
    socket.io.on('ping', () => seen.pings++)
    await new Promise<void>((done) => socket.once('connect', () => done()))
    return seen
  }
  const [busy, silent] = [await connect(), await connect()]
  const writing = setInterval(() => busy.socket.emit('word'), 20)
  // Not a race: both live through the same stretch of time, only their numbers are compared.
  while (silent.pings < 12) await wait(20)
  clearInterval(writing)
  // The contract with Engine.IO: this timer is what sends the next ping.
  expect(timers).toEqual([expect.any(Function), expect.any(Function)])
  expect(busy.pings).toBeLessThan(silent.pings * 0.6)
  expect(busy.pings).toBeGreaterThan(0)
  expect([busy.socket.connected, silent.socket.connected]).toEqual([true, true])
  busy.socket.close()
  silent.socket.close()
  await server.close()
})
