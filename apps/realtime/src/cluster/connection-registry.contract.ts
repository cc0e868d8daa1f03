import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Connection, ConnectionRegistry, LivingNodes } from './connection-registry.ts'

/** What every registry promises. @param create a registry that nothing else writes to. */
export function connectionRegistryContract(
  name: string,
  create: (living: LivingNodes) => Promise<ConnectionRegistry>,
): void {
  const setup = async () => {
    const living = new Set(['n1', 'n2'])
    const registry = await create(async () => living)
    const merchantId = randomUUID()
    const connection = (over: Partial<Connection> = {}): Connection => ({
      connectionId: randomUUID(),
      nodeId: 'n1',
      merchantId,
      userId: 'u1',
      role: 'agent',
      ip: '10.0.0.1',
      platform: 'web',
      channel: 'websocket',
      userAgent: 'Test/1.0 “新”',
      connectedAt: '2026-01-01T00:00:00.000Z',
      ...over,
    })
    return { living, registry, merchantId, connection }
  }

  describe(`connection registry: ${name}`, () => {
    test('gives back what was added until it is removed', async () => {
      const { registry, merchantId, connection } = await setup()
      const [first, second] = [connection(), connection({ nodeId: 'n2' })]
      await registry.add(first)
      await registry.add(second)
      const byId = (list: Connection[]) => list.sort((a, b) => a.connectionId.localeCompare(b.connectionId))
      expect(byId(await registry.connectionsOf(merchantId, 'u1'))).toEqual(byId([first, second]))
      await registry.remove(first)
      expect(await registry.connectionsOf(merchantId, 'u1')).toEqual([second])
      await registry.remove(first)
      await registry.remove(second)
      expect(await registry.connectionsOf(merchantId, 'u1')).toEqual([])
    })

    test('lists each connected agent once, no traveler and no partner', async () => {
      const { registry, merchantId, connection } = await setup()
      const last = connection({ userId: 'a2', role: 'supervisor', nodeId: 'n2' })
      await registry.add(connection({ userId: 'a1' }))
      await registry.add(connection({ userId: 'a1', nodeId: 'n2' }))
      await registry.add(last)
      await registry.add(connection({ userId: 't1', role: 'traveler' }))
      await registry.add(connection({ userId: 'p1', role: 'partner' }))
      expect((await registry.connectedAgents(merchantId)).sort()).toEqual(['a1', 'a2'])
      await registry.remove(last)
      expect(await registry.connectedAgents(merchantId)).toEqual(['a1'])
    })

    test('[TEN1] keeps merchants apart, even for the same person', async () => {
      const { registry, merchantId, connection } = await setup()
      await registry.add(connection({ merchantId: `${merchantId}-other` }))
      expect(await registry.connectionsOf(merchantId, 'u1')).toEqual([])
      expect(await registry.connectedAgents(merchantId)).toEqual([])
    })

    test('[NODE1] a node without a living lease does not count', async () => {
      const { registry, merchantId, connection, living } = await setup()
      await registry.add(connection())
      living.delete('n1')
      expect(await registry.connectionsOf(merchantId, 'u1')).toEqual([])
      expect(await registry.connectedAgents(merchantId)).toEqual([])
    })

    test('[NODE1] dropping a node removes its connections and no others, also when several drop it', async () => {
      const { registry, merchantId, connection } = await setup()
      const stays = connection({ nodeId: 'n2', userId: 'u2' })
      await registry.rewrite('n1', [connection(), connection({ userId: 't', role: 'traveler' })])
      await registry.add(stays)
      await Promise.all([registry.dropNode('n1'), registry.dropNode('n1'), registry.dropNode('unknown')])
      expect(await registry.connectionsOf(merchantId, 'u1')).toEqual([])
      expect(await registry.connectionsOf(merchantId, 't')).toEqual([])
      expect(await registry.connectedAgents(merchantId)).toEqual(['u2'])
    })

    test('a rewrite replaces the node’s part and nothing else', async () => {
      const { registry, merchantId, connection } = await setup()
      const [gone, stays, added] = [connection(), connection(), connection({ userId: 'u2' })]
      await registry.add(gone)
      await registry.add(stays)
      await registry.add(connection({ nodeId: 'n2', userId: 'u3' }))
      await registry.rewrite('n1', [stays, added])
      expect(await registry.connectionsOf(merchantId, 'u1')).toEqual([stays])
      expect(await registry.connectionsOf(merchantId, 'u2')).toEqual([added])
      expect((await registry.connectedAgents(merchantId)).sort()).toEqual(['u1', 'u2', 'u3'])
    })

    test('tells a node whose part was dropped that it has to write again', async () => {
      const { registry, merchantId, connection } = await setup()
      const mine = connection()
      await registry.add(mine)
      expect(await registry.intact('n1')).toBe(false)
      await registry.rewrite('n1', [mine])
      expect(await registry.intact('n1')).toBe(true)
      await registry.dropNode('n1')
      expect(await registry.intact('n1')).toBe(false)
      await registry.rewrite('n1', [mine])
      expect(await registry.connectionsOf(merchantId, 'u1')).toEqual([mine])
    })

    test('thousands of connections of one node', async () => {
      const { registry, merchantId, connection } = await setup()
      const many = Array.from({ length: 1_201 }, (_, index) => connection({ userId: `u${index % 300}` }))
      await registry.rewrite('n1', many)
      expect(await registry.connectedAgents(merchantId)).toHaveLength(300)
      await registry.dropNode('n1')
      expect(await registry.connectedAgents(merchantId)).toEqual([])
    })
  })
}
