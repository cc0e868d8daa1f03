/** One realtime process, as the others find it. */
export interface NodeInfo {
  nodeId: string
  roles: string[]
  /** `host:port` of its RPC server; null for a process that answers no calls. */
  rpc: string | null
  /** ISO 8601, UTC. */
  startedAt: string
}

/** Milliseconds after which a node that was not heard of counts as dead: well inside the 15 s of [NODE1]. */
export const LEASE_MS = 10_000
/** A lease survives two lost renewals. */
export const RENEW_MS = 3_000

/**
 * Which nodes are alive. A node holds a lease and renews it; when it dies the lease ends by itself.
 * Every function rejects with WaggleError `unavailable` within a second when the store does not answer.
 */
export interface NodeLeases {
  /** @param ms how long the lease lasts from now on. */
  renew(node: NodeInfo, ms?: number): Promise<void>
  living(): Promise<NodeInfo[]>
  /** Nodes whose lease has ended and whose connections nobody has cleaned up yet. */
  dead(): Promise<string[]>
  /** Ends a lease, or forgets a dead node after its connections were removed. */
  drop(nodeId: string): Promise<void>
}
