import { limits, schemas } from '@waggle/shared'
import { z } from 'zod'
import { conversation, message } from '../http/answers.ts'
import { problemSchema } from '../http/problem.ts'
import type { Routes } from './deps.ts'

const tags = ['Conversations']
const params = z.object({ id: schemas.id })
const answer = z.object({ conversation })
const pageSize = z.coerce.number().int().min(1).max(limits.pageSize)
const seq = z.coerce.number().int().min(0).max(2_147_483_647)
const response = { 200: answer, 404: problemSchema, 409: problemSchema }

export const conversationRoutes: Routes = (app, { business, callers }) => {
  app.get(
    '/v1/conversations',
    {
      schema: {
        tags,
        summary: 'List conversations, the one with the newest message first',
        description: 'A traveler gets their own, whatever the view.',
        querystring: z.object({
          view: z.enum(['mine', 'unassigned', 'all', 'resolved']).default('all'),
          cursor: z.string().max(300).optional().describe('`nextCursor` of the page before'),
          limit: pageSize.default(50),
        }),
        response: {
          200: z.object({
            items: z.array(conversation.extend({ unread: z.int() })),
            nextCursor: z.string().nullable(),
          }),
        },
      },
    },
    async (request) => {
      const actor = await callers.actor(request, 'conversations:read')
      const { view, limit, cursor } = request.query
      return business.conversations.list(actor, { view, limit, ...(cursor === undefined ? {} : { cursor }) })
    },
  )

  app.get(
    '/v1/conversations/:id',
    { schema: { tags, summary: 'One conversation', params, response } },
    async (request) => {
      const actor = await callers.actor(request, 'conversations:read')
      return { conversation: await business.conversations.find(actor, request.params.id) }
    },
  )

  app.get(
    '/v1/conversations/:id/messages',
    {
      schema: {
        tags,
        summary: 'A page of its messages, by rising seq',
        description: 'Without `before` and `after`: the newest.',
        params,
        querystring: z
          .object({ before: seq.optional(), after: seq.optional(), limit: pageSize.default(50) })
          .refine(({ before, after }) => before === undefined || after === undefined, {
            path: ['after'],
            message: 'cannot be used together with before',
          }),
        response: { 200: z.object({ items: z.array(message), hasMore: z.boolean() }), 404: problemSchema },
      },
    },
    async (request) => {
      const actor = await callers.actor(request, 'conversations:read')
      const { before, after, limit } = request.query
      const bound = before !== undefined ? { before } : after !== undefined ? { after } : {}
      return business.conversations.messages(actor, request.params.id, { limit, ...bound })
    },
  )

  app.post(
    '/v1/conversations/:id/claim',
    { schema: { tags, summary: 'Take one that nobody has', params, response } },
    async (request) => {
      const actor = await callers.actor(request, 'conversations:write')
      return { conversation: await business.conversations.claim(actor, request.params.id) }
    },
  )

  app.post(
    '/v1/conversations/:id/assign',
    {
      schema: { tags, summary: 'Give it to an agent', params, body: z.strictObject({ agentId: schemas.id }), response },
    },
    async (request) => {
      const actor = await callers.actor(request, 'conversations:write')
      return { conversation: await business.conversations.assign(actor, request.params.id, request.body.agentId) }
    },
  )

  for (const [verb, status, summary] of [
    ['resolve', 'resolved', 'Close it; the next message of the traveler opens it again'],
    ['reopen', 'open', 'Open it again'],
  ] as const) {
    app.post(
      `/v1/conversations/:id/${verb}` as '/v1/conversations/:id/resolve',
      { schema: { tags, summary, params, response } },
      async (request) => {
        const actor = await callers.actor(request, 'conversations:write')
        return { conversation: await business.conversations.setStatus(actor, request.params.id, status) }
      },
    )
  }

  app.get('/v1/agents', { schema: { tags, summary: 'The merchant’s agents with status and load' } }, async (request) =>
    business.agents.list(await callers.actor(request, 'conversations:read')),
  )
}
