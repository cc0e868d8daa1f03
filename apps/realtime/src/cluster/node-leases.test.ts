import { describe, expect, test } from 'vitest'
import { memoryNodeLeases } from './memory-node-leases.ts'
import type { NodeInfo, NodeLeases } from './node-leases.ts'
import { redisNodeLeases } from './redis-node-leases.ts'
import { testRedis } from './testing/redis.ts'

const redis = testRedis()

const node = (nodeId: string): NodeInfo => ({
  nodeId,
  roles: ['worker'],
  rpc: null,
  startedAt: '2026-11-24T00:00:00.000Z',
})

function nodeLeasesContract(name: string, create: () => NodeLeases): void {
  describe(`node leases: ${name}`, () => {
    test('[NODE1] a node is used as soon as it holds a lease', async () => {
      const leases = create()
      await leases.renew(node('n1'))
      await leases.renew(node('n1'))
      expect(await leases.living()).toEqual([node('n1')])
      expect(await leases.dead()).toEqual([])
    })

    test('[NODE1] a lease that is not renewed ends by itself', async () => {
      const leases = create()
      await leases.renew(node('n1'), 1)
      await leases.renew(node('n2'))
      await expect.poll(() => leases.dead()).toEqual(['n1'])
      expect(await leases.living()).toEqual([node('n2')])
      await leases.drop('n1')
      expect(await leases.dead()).toEqual([])
    })

    test('a dropped node is gone at once', async () => {
      const leases = create()
      await leases.renew(node('n1'))
      await leases.drop('n1')
      expect(await leases.living()).toEqual([])
      expect(await leases.dead()).toEqual([])
    })
  })
}

nodeLeasesContract('memory', () => memoryNodeLeases())
nodeLeasesContract('redis', () => redisNodeLeases(redis.client(), redis.prefix()))
