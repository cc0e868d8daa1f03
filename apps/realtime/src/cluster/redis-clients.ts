import { Redis } from 'ioredis'
import { watchSubscription } from './watch-subscription.ts'

/** Milliseconds; longer than a healthy Redis ever takes. */
const COMMAND_MS = 1_000
/** After a failure the other way stays open for this long, milliseconds, so that the two overlap. */
const DOUBT_MS = 3_000

export interface RedisClients {
  commands: Redis
  /** For the adapter: publishing never rejects and never waits; what is lost, catch-up finds. */
  publish: Redis
  subscribe: Redis
  /** Resolves when every subscription asked for so far is in force; at once while Redis does not answer. */
  subscribed(): Promise<void>
  /** False from a publish that Redis did not take until some seconds without another one. */
  publishes(): boolean
  /** False while what others publish may not come here, and for some seconds after. */
  receives(): boolean
  /** Resolves when what was published has left, or after a second. */
  close(): Promise<void>
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
  // Until it is there the start waits for it; later a queue would only grow while it is away.
  commands.once('ready', () => {
    commands.options.enableOfflineQueue = false
  })
  const publish = connect('publish', {
    enableOfflineQueue: false,
    commandTimeout: COMMAND_MS,
    // What is published in one turn of the event loop leaves in one packet.
    enableAutoPipelining: true,
  })
  // No timeout: subscriptions wait for Redis to come back, else a room would stay deaf.
  const subscribe = connect('subscribe', {})

  let failedAt = Number.NEGATIVE_INFINITY
  const failed = () => {
    failedAt = performance.now()
    onLost()
  }
  const subscription = watchSubscription(subscribe, DOUBT_MS)

  let lastPublish: Promise<unknown> = Promise.resolve()
  const spublish = publish.spublish.bind(publish)
  // The adapter waits for the answer before it delivers on its own node, and rejections would end the process.
  publish.spublish = ((channel: string, message: string | Buffer) => {
    lastPublish = spublish(channel, message).catch(failed)
    return Promise.resolve(0)
  }) as typeof publish.spublish

  return {
    commands,
    publish,
    subscribe,
    subscribed: subscription.inForce,
    publishes: () => publish.status === 'ready' && performance.now() - failedAt > DOUBT_MS,
    receives: subscription.trusted,
    close: async () => {
      subscription.stop()
      // Redis answers in order, and `commandTimeout` bounds the wait.
      await lastPublish
      for (const client of [commands, publish, subscribe]) client.disconnect()
    },
  }
}
