import { createWaggleClient } from '@waggle/client'
import type { Actor } from '@waggle/shared'

/** One end of a conversation. */
export interface Person {
  online: Promise<void>
  /** @returns the seq, once the message is stored. Rejects when it was refused for good. */
  send(clientId: string, text: string): Promise<number>
  close(): void
}

/** The client of console and widget. */
export function person({
  url,
  actor,
  token,
  conversationId,
  onShown,
}: {
  url: string
  actor: Actor
  token: () => Promise<string>
  conversationId: string
  /** Of any conversation: an agent also hears of others of the merchant. */
  onShown(conversationId: string, clientId: string, seq: number): void
}): Person {
  const client = createWaggleClient({
    url,
    getToken: token,
    platform: 'web',
    self: { id: actor.id, kind: actor.kind as 'traveler' | 'agent', name: actor.name },
  })
  client.track(conversationId, 0)
  client.on('message', ({ message }) => onShown(message.conversationId, message.clientId, message.seq))
  const online = new Promise<void>((resolve) => {
    const look = () => {
      if (client.getSnapshot().connection === 'online') resolve()
    }
    client.subscribe(look)
    look()
  })
  return {
    online,
    send: async (clientId, text) =>
      (await client.send({ conversationId, clientId, kind: 'text', body: { text } }).done).seq,
    close: () => client.close(),
  }
}
