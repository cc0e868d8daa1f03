import type { ConnectionRegistry } from './connection-registry.ts'

type Agents = Pick<ConnectionRegistry, 'connectedAgents'>

/**
 * Who answers for a merchant, also while the registry does not: then as it was last. A conversation that is
 * given to somebody who has left meanwhile is better off than one that cannot be opened.
 * @param trusted false while the registry's store is known not to answer, so that nobody waits for it.
 */
export function lastKnownAgents(registry: Agents, trusted: () => boolean): Agents {
  const known = new Map<string, string[]>()
  const last = (merchantId: string) => known.get(merchantId) ?? []
  return {
    connectedAgents: async (merchantId) => {
      if (!trusted()) return last(merchantId)
      try {
        const agents = await registry.connectedAgents(merchantId)
        known.set(merchantId, agents)
        return agents
      } catch {
        return last(merchantId)
      }
    },
  }
}
