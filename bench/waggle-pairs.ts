import { createWaggleClient } from '@waggle/client'
import type { Actor } from '@waggle/shared'
import type { Pair } from './load.ts'

/** A traveler and the agent who has their conversation. */
export interface Talk {
  conversationId: string
  traveler: Actor
  agent: Actor
}

export interface ConnectOptions {
  /** Workers, by the URL of each; the traveler of a pair is on one, its agent on the next. */
  urls: string[]
  /** Messages of a pair that may be on the way at once. */
  inflight: number
  tokenFor(actor: Actor): Promise<string>
}

/** Pairs of the same client that console and widget use. Resolves when every one is connected. */
export function waggles(talks: Talk[], options: ConnectOptions): Promise<Pair[]> {
  return Promise.all(talks.map((talk, index) => pair(talk, index, options)))
}

async function pair({ conversationId, traveler, agent }: Talk, index: number, options: ConnectOptions): Promise<Pair> {
  const connect = (actor: Actor, which: number) =>
    createWaggleClient({
      url: options.urls[which % options.urls.length] ?? '',
      getToken: () => options.tokenFor(actor),
      platform: 'web',
      self: { id: actor.id, kind: actor.kind as 'traveler' | 'agent', name: actor.name },
      maxInFlight: options.inflight,
    })
  const sender = connect(traveler, index)
  const receiver = connect(agent, index + 1)
  await Promise.all([online(sender), online(receiver)])

  return {
    send: async (id, text) => {
      await sender.send({ conversationId, clientId: id, kind: 'text', body: { text } }).done
    },
    onShown: (listener) => receiver.on('message', ({ message }) => listener(message.clientId, message.seq)),
    close: () => {
      sender.close()
      receiver.close()
    },
  }
}

type Client = ReturnType<typeof createWaggleClient>

function online(client: Client): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (client.getSnapshot().connection !== 'online') return
      unsubscribe()
      resolve()
    }
    const unsubscribe = client.subscribe(look)
    look()
  })
}
