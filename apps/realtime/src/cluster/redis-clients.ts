import { Redis } from 'ioredis'

/** Milliseconds; longer than a healthy Redis ever takes. */
const COMMAND_MS = 1_000

export interface RedisClients {
  commands: Redis
  /** For the adapter: publishing never rejects and never waits; what is lost, catch-up finds. */
  publish: Redis
  subscribe: Redis
  /** Resolves when every subscription asked for so far is in force. */
  subscribed(): Promise<void>
  close(): void
}

/**
 * Connections to Redis that survive its absence: they reconnect on their own, and a command given
 * meanwhile is refused at once instead of piling up.
 * @param onLost told for every message that could not be published.
 */
export function connectRedis(
  url: string,
  onError: (what: string, error: unknown) => void,
  onLost: () => void,
): RedisClients {
  const connect = (name: string, options: object) => {
    const client = new Redis(url, {
      connectionName: `waggle-${name}`,
      maxRetriesPerRequest: null,
      retryStrategy: (times) => Math.min(50 * 2 ** Math.min(times, 5), 1_000),
      ...options,
    })
    client.on('error', (error) => onError(`redis ${name}`, error))
    return client
  }
  const commands = connect('commands', { commandTimeout: COMMAND_MS })
  const publish = connect('publish', {
    enableOfflineQueue: false,
    commandTimeout: COMMAND_MS,
    // What is published in one turn of the event loop leaves in one packet.
    enableAutoPipelining: true,
  })
  // No timeout: subscriptions wait for Redis to come back, else a room would stay deaf.
  const subscribe = connect('subscribe', {})

  const spublish = publish.spublish.bind(publish)
  // The adapter waits for the answer before it delivers on its own node, and rejections would end the process.
  publish.spublish = ((channel: string, message: string | Buffer) => {
    spublish(channel, message).catch(onLost)
    return Promise.resolve(0)
  }) as typeof publish.spublish

  return {
    commands,
    publish,
    subscribe,
    subscribed: async () => {
      // Redis answers in order: a PING that comes back was behind every SSUBSCRIBE.
      if (subscribe.status === 'ready') await subscribe.ping()
    },
    close: () => {
      for (const client of [commands, publish, subscribe]) client.disconnect()
    },
  }
}
