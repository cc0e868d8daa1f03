import type { Platform, Role } from '@waggle/shared'

/** One open socket. */
export interface Connection {
  connectionId: string
  nodeId: string
  merchantId: string
  userId: string
  role: Role
  ip: string
  platform: Platform
  /** Transport: `websocket` or `polling`. */
  channel: string
  userAgent: string
  /** ISO 8601, UTC. */
  connectedAt: string
}

/**
 * Who is connected where, across nodes. Reads leave out connections of nodes without a living lease,
 * so a node that died is forgotten when its lease ends, swept or not. [NODE1]
 * Every function rejects with WaggleError `unavailable` within a second when the store does not answer.
 */
export interface ConnectionRegistry {
  add(connection: Connection): Promise<void>
  /** Removing what is not there does nothing. */
  remove(connection: Pick<Connection, 'connectionId' | 'merchantId' | 'userId' | 'nodeId'>): Promise<void>
  connectionsOf(merchantId: string, userId: string): Promise<Connection[]>
  /** User ids, each once, of everybody who answers for the merchant and has a connection. */
  connectedAgents(merchantId: string): Promise<string[]>
  /** Makes the node's part of the registry exactly this; after a lapsed lease or a wiped store. */
  rewrite(nodeId: string, connections: readonly Connection[]): Promise<void>
  /** False when the node's part was wiped or dropped since the last `rewrite`: it has to be written again. */
  intact(nodeId: string): Promise<boolean>
  /** Removes all of a node's connections; any node may, several at once too. */
  dropNode(nodeId: string): Promise<void>
}

/** Ids of the nodes whose connections count. */
export type LivingNodes = () => Promise<ReadonlySet<string>>

/** Whether this connection makes somebody reachable who answers travelers. */
export function isAgent(role: Role): boolean {
  return role !== 'traveler' && role !== 'partner'
}
