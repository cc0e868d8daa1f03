import { type Connection, type ConnectionRegistry, isAgent, type LivingNodes } from './connection-registry.ts'

/** The registry of a single process; also the twin that tests of other parts use. */
export function memoryConnectionRegistry(livingNodes: LivingNodes): ConnectionRegistry {
  const nodes = new Map<string, Map<string, Connection>>()
  const written = new Set<string>()

  const ofNode = (nodeId: string) => {
    const known = nodes.get(nodeId) ?? new Map<string, Connection>()
    nodes.set(nodeId, known)
    return known
  }
  const living = async (): Promise<Connection[]> => {
    const alive = await livingNodes()
    return [...nodes].flatMap(([nodeId, connections]) => (alive.has(nodeId) ? [...connections.values()] : []))
  }

  return {
    add: async (connection) => {
      ofNode(connection.nodeId).set(connection.connectionId, { ...connection })
    },
    remove: async ({ nodeId, connectionId }) => {
      nodes.get(nodeId)?.delete(connectionId)
    },
    connectionsOf: async (merchantId, userId) =>
      (await living()).filter((each) => each.merchantId === merchantId && each.userId === userId),
    connectedAgents: async (merchantId) => {
      const agents = (await living()).filter((each) => each.merchantId === merchantId && isAgent(each.role))
      return [...new Set(agents.map(({ userId }) => userId))]
    },
    rewrite: async (nodeId, connections) => {
      nodes.set(nodeId, new Map(connections.map((each) => [each.connectionId, { ...each }])))
      written.add(nodeId)
    },
    intact: async (nodeId) => written.has(nodeId),
    dropNode: async (nodeId) => {
      nodes.delete(nodeId)
      written.delete(nodeId)
    },
  }
}
