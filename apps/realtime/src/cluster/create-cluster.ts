import type { NodeRole } from '../config.ts'
import type { Connection, ConnectionRegistry } from './connection-registry.ts'
import { Membership } from './membership.ts'
import { memoryConnectionRegistry } from './memory-connection-registry.ts'
import { memoryNodeLeases } from './memory-node-leases.ts'
import type { RedisClients } from './redis-clients.ts'
import { redisConnectionRegistry } from './redis-connection-registry.ts'
import { redisNodeLeases } from './redis-node-leases.ts'

export interface ClusterOptions {
  nodeId: string
  roles: ReadonlySet<NodeRole>
  /** `host:port` at which the other nodes reach this one's RPC server; null when it has none. */
  rpc: string | null
  /** The sockets this node holds now. */
  connections(): Connection[]
  onError(what: string, error: unknown): void
}

export interface Cluster {
  registry: ConnectionRegistry
  membership: Membership
}

/** This node's part in the cluster: in Redis, or in memory when it is the only one. */
export function createCluster(redis: RedisClients | null, options: ClusterOptions): Cluster {
  const { nodeId, roles, rpc, connections, onError } = options
  const leases = redis ? redisNodeLeases(redis.commands) : memoryNodeLeases()
  const membership: Membership = new Membership({
    self: { nodeId, roles: [...roles], rpc, startedAt: new Date().toISOString() },
    leases,
    registry: () => registry,
    connections,
    onError,
  })
  const registry: ConnectionRegistry = redis
    ? redisConnectionRegistry(redis.commands, membership.livingIds)
    : memoryConnectionRegistry(membership.livingIds)
  return { registry, membership }
}
