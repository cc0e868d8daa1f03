import type { Redis } from 'ioredis'
import { ask } from './ask.ts'
import { LEASE_MS, type NodeInfo, type NodeLeases } from './node-leases.ts'

/**
 * Keys, all in one slot of a Redis Cluster: `waggle:{nodes}:<node>` the node as JSON, which Redis lets
 * expire by its own clock, and `waggle:{nodes}` the set of all nodes, which tells who has expired.
 */
export function redisNodeLeases(redis: Redis, prefix = 'waggle'): NodeLeases {
  const setKey = `${prefix}:{nodes}`
  const leaseKey = (nodeId: string) => `${prefix}:{nodes}:${nodeId}`

  const all = async (): Promise<{ nodeId: string; lease: string | null }[]> => {
    const nodeIds = await ask(redis.smembers(setKey))
    if (nodeIds.length === 0) return []
    const leases = await ask(redis.mget(nodeIds.map(leaseKey)))
    return nodeIds.map((nodeId, index) => ({ nodeId, lease: leases[index] ?? null }))
  }

  return {
    renew: async (node, ms = LEASE_MS) => {
      const { nodeId } = node
      await ask(redis.multi().sadd(setKey, nodeId).set(leaseKey(nodeId), JSON.stringify(node), 'PX', ms).exec())
    },
    living: async () => (await all()).flatMap(({ lease }) => (lease === null ? [] : [JSON.parse(lease) as NodeInfo])),
    dead: async () => (await all()).filter(({ lease }) => lease === null).map(({ nodeId }) => nodeId),
    drop: async (nodeId) => {
      await ask(redis.multi().srem(setKey, nodeId).del(leaseKey(nodeId)).exec())
    },
  }
}
