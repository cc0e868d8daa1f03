import { requireAdmin } from '@waggle/business'
import { schemas, WaggleError } from '@waggle/shared'
import { z } from 'zod'
import { problemSchema } from '../http/problem.ts'
import type { Routes } from './deps.ts'

const tags = ['Cluster']
const time = z.string().describe('ISO 8601, UTC')
const node = z.object({
  nodeId: z.string(),
  roles: z.array(z.string()),
  rpc: z.string().nullable().describe('Where other nodes call it; null for a node that answers no calls'),
  startedAt: time,
})
const connection = z.object({
  connectionId: z.string(),
  nodeId: z.string(),
  ip: z.string(),
  role: z.string(),
  platform: z.string(),
  channel: z.string().describe('websocket or polling'),
  userAgent: z.string(),
  connectedAt: time,
})

/** Who is connected where, for those who look after the installation. */
export const clusterRoutes: Routes = (app, { callers, cluster }) => {
  app.get(
    '/v1/admin/nodes',
    {
      schema: {
        tags,
        summary: 'The nodes that hold a lease',
        description: 'As the answering node knows them, at most half a second old. Platform administrators only.',
        response: { 200: z.object({ items: z.array(node) }), 403: problemSchema },
      },
    },
    async (request) => {
      const actor = await callers.person(request)
      if (actor.role !== 'platform-admin')
        throw new WaggleError('forbidden', 'Only platform administrators may do this')
      return { items: [...cluster.nodes()] }
    },
  )

  app.get(
    '/v1/admin/connections',
    {
      schema: {
        tags,
        summary: 'Where a person of this merchant is connected',
        querystring: z.object({ uid: schemas.id.describe('Of a traveler or an agent') }),
        response: { 200: z.object({ items: z.array(connection) }), 403: problemSchema, 503: problemSchema },
      },
    },
    async (request) => {
      const actor = await callers.person(request)
      requireAdmin(actor)
      return { items: await cluster.connectionsOf(actor.merchantId, request.query.uid) }
    },
  )
}
