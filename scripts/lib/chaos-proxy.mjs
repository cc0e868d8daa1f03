import { connect, createServer } from 'node:net'
import { splitFrames } from './websocket-frames.mjs'

/**
 * A bad network between clients and a server on this machine: TCP in, TCP out, and what `weather` says in between.
 * @param {{ port: number, random: () => number }} options `port` of the server
 * @returns {Promise<{ url: string, weather: { dropUpstream: number, replay: number }, cutAll(): void, stop(): Promise<void> }>}
 *   `weather` may be changed at any time: the shares of the clients' WebSocket frames that vanish and that come up to
 *   three times more. `cutAll` ends every connection without a goodbye.
 */
export async function startChaosProxy({ port, random }) {
  const weather = { dropUpstream: 0, replay: 0 }
  const sockets = new Set()
  const server = createServer((client) => {
    const onward = connect({ host: '127.0.0.1', port, noDelay: true })
    client.setNoDelay(true)
    for (const [one, other] of [
      [client, onward],
      [onward, client],
    ]) {
      sockets.add(one)
      one.on('error', () => {})
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
    }
    onward.on('data', (chunk) => client.write(chunk))
    client.on(
      'data',
      splitFrames((piece, isFrame) => {
        if (isFrame && random() < weather.dropUpstream) return
        const times = isFrame && random() < weather.replay ? 2 + Math.floor(random() * 3) : 1
        for (let i = 0; i < times; i++) onward.write(piece)
      }),
    )
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  const cutAll = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    weather,
    cutAll,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve))
      cutAll()
      await closed
    },
  }
}
