import { io, type Socket } from 'socket.io-client'
import type { Pair } from './load.ts'

/** Pairs of bare sockets: the sender on one server, the other on the next. */
export function baselinePairs(urls: string[], count: number): Promise<Pair[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => pair(urls, index)))
}

async function pair(urls: string[], index: number): Promise<Pair> {
  const connect = (which: number) =>
    io(urls[which % urls.length] ?? '', { transports: ['websocket'], forceNew: true, auth: { pair: index } })
  const sender = connect(index)
  const receiver = connect(index + 1)
  await Promise.all([connected(sender), connected(receiver)])
  return {
    send: async (id, text) => {
      await sender.timeout(10_000).emitWithAck('send', { id, text })
    },
    onShown: (listener) => {
      const onNew = ({ id, seq }: { id: string; seq: number }) => listener(id, seq)
      receiver.on('new', onNew)
      return () => receiver.off('new', onNew)
    },
    close: () => {
      sender.close()
      receiver.close()
    },
  }
}

function connected(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve())
    socket.once('connect_error', reject)
  })
}
