import { LEASE_MS, type NodeInfo, type NodeLeases } from './node-leases.ts'

/** The leases of a single process. @param now Unix milliseconds. */
export function memoryNodeLeases(now: () => number = Date.now): NodeLeases {
  const leases = new Map<string, { node: NodeInfo; until: number }>()
  const all = () => [...leases.values()]
  return {
    renew: async (node, ms = LEASE_MS) => {
      leases.set(node.nodeId, { node, until: now() + ms })
    },
    living: async () =>
      all()
        .filter(({ until }) => until > now())
        .map(({ node }) => node),
    dead: async () =>
      all()
        .filter(({ until }) => until <= now())
        .map(({ node }) => node.nodeId),
    drop: async (nodeId) => {
      leases.delete(nodeId)
    },
  }
}
