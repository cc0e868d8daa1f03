import type { Redis } from 'ioredis'
import { ask } from './ask.ts'
import { type Connection, type ConnectionRegistry, isAgent, type LivingNodes } from './connection-registry.ts'

type Place = Pick<Connection, 'connectionId' | 'merchantId' | 'userId'>

/** Member of a node's set that says "this set is whole": gone after a wipe or a sweep. */
const WHOLE = '*'
/** Connections written at a time, so that a full node does not hold up the other commands. */
const CHUNK = 500

/**
 * Keys: `waggle:conn:{merchant:user}` connectionId → Connection; `waggle:agents:{merchant}` connectionId →
 * {userId, nodeId}; `waggle:node:{node}` set of places. They live in different slots of a Redis Cluster, so
 * there is no transaction over them: a place is noted first and struck out last, and each step can be
 * repeated. Whatever a crash leaves half done, the sweep of that node finds.
 */
export function redisConnectionRegistry(redis: Redis, livingNodes: LivingNodes, prefix = 'waggle'): ConnectionRegistry {
  const userKey = (merchantId: string, userId: string) => `${prefix}:conn:{${merchantId}:${userId}}`
  const agentsKey = (merchantId: string) => `${prefix}:agents:{${merchantId}}`
  const nodeKey = (nodeId: string) => `${prefix}:node:{${nodeId}}`

  const write = async (connection: Connection) => {
    const { merchantId, userId, connectionId, nodeId } = connection
    const agent = isAgent(connection.role)
    await Promise.all([
      redis.hset(userKey(merchantId, userId), connectionId, JSON.stringify(connection)),
      agent ? redis.hset(agentsKey(merchantId), connectionId, JSON.stringify({ userId, nodeId })) : undefined,
    ])
  }
  const erase = async ({ merchantId, userId, connectionId }: Place) => {
    await Promise.all([
      redis.hdel(userKey(merchantId, userId), connectionId),
      redis.hdel(agentsKey(merchantId), connectionId),
    ])
  }
  const eraseAll = (places: readonly string[]) => inChunks(places, (place) => erase(JSON.parse(place) as Place))

  return {
    add: async (connection) => {
      await ask(redis.sadd(nodeKey(connection.nodeId), placeOf(connection)))
      await ask(write(connection))
    },
    remove: async (connection) => {
      await ask(erase(connection))
      await ask(redis.srem(nodeKey(connection.nodeId), placeOf(connection)))
    },
    connectionsOf: async (merchantId, userId) => {
      const [values, alive] = await Promise.all([ask(redis.hvals(userKey(merchantId, userId))), livingNodes()])
      return values.map((value) => JSON.parse(value) as Connection).filter(({ nodeId }) => alive.has(nodeId))
    },
    connectedAgents: async (merchantId) => {
      const [values, alive] = await Promise.all([ask(redis.hvals(agentsKey(merchantId))), livingNodes()])
      const agents = values.map((value) => JSON.parse(value) as { userId: string; nodeId: string })
      return [...new Set(agents.filter(({ nodeId }) => alive.has(nodeId)).map(({ userId }) => userId))]
    },
    rewrite: async (nodeId, connections) => {
      // The mark first: a sweep that is still running takes it away again, and `intact` tells.
      await ask(redis.sadd(nodeKey(nodeId), WHOLE))
      const current = new Set(connections.map(placeOf))
      const noted = (await ask(redis.smembers(nodeKey(nodeId)))).filter((place) => place !== WHOLE)
      const stale = noted.filter((place) => !current.has(place))
      await eraseAll(stale)
      await inChunks(stale, (place) => redis.srem(nodeKey(nodeId), place))
      await inChunks(connections, async (connection) => {
        await Promise.all([redis.sadd(nodeKey(nodeId), placeOf(connection)), write(connection)])
      })
    },
    intact: async (nodeId) => (await ask(redis.sismember(nodeKey(nodeId), WHOLE))) === 1,
    dropNode: async (nodeId) => {
      const noted = await ask(redis.smembers(nodeKey(nodeId)))
      await eraseAll(noted.filter((place) => place !== WHOLE))
      await ask(redis.del(nodeKey(nodeId)))
    },
  }
}

function placeOf({ merchantId, userId, connectionId }: Place): string {
  return JSON.stringify({ merchantId, userId, connectionId })
}

async function inChunks<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < items.length; at += CHUNK) await ask(Promise.all(items.slice(at, at + CHUNK).map(work)))
}
