import { io } from 'socket.io-client'
import type { Person } from './people.ts'

/** What a careless client leaves out; the checker has to notice each. */
export type Mutation = 'no-dedupe' | 'no-repair' | 'early-ack'

/**
 * A client that is wrong on purpose. `no-dedupe` shows whatever is pushed and asks for everything again on each
 * reconnect; `no-repair` never asks; `early-ack` calls a message sent when it has left.
 */
export function naivePerson(
  mutation: Mutation,
  {
    url,
    token,
    conversationId,
    onShown,
  }: {
    url: string
    token: () => Promise<string>
    conversationId: string
    onShown(conversationId: string, clientId: string, seq: number): void
  },
): Person {
  const socket = io(url, {
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 300,
    auth: (done) => void token().then((fresh) => done({ token: fresh, platform: 'web', protocol: 1 })),
  })
  const seen = new Set<number>()
  const show = ({ clientId, seq }: { clientId: string; seq: number }) => {
    if (mutation !== 'no-dedupe' && seen.has(seq)) return
    seen.add(seq)
    onShown(conversationId, clientId, seq)
  }
  socket.on('message:new', ({ message }) => {
    show(message)
    socket.emit('message:ack', { conversationId, seq: message.seq })
  })
  socket.on('connect', async () => {
    if (mutation === 'no-repair') return
    const { conversations = [] } = await socket.emitWithAck('conversation:sync', { cursors: { [conversationId]: 0 } })
    for (const { messages = [] } of conversations) for (const message of messages) show(message)
  })
  return {
    online: new Promise((resolve) => socket.once('connect', () => resolve())),
    send: async (clientId, text) => {
      const input = { conversationId, clientId, kind: 'text', body: { text } }
      if (mutation === 'early-ack') {
        socket.volatile.emit('message:send', input, () => {})
        return 0
      }
      for (;;) {
        const answer = await socket
          .timeout(8_000)
          .emitWithAck('message:send', input)
          .catch(() => null)
        if (answer?.ok) {
          show(answer.message)
          return answer.message.seq
        }
        await new Promise((resolve) => setTimeout(resolve, 300))
      }
    },
    close: () => socket.close(),
  }
}
