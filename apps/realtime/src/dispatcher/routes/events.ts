import { MAX_WAIT_SECONDS } from '@waggle/business'
import type { Actor } from '@waggle/shared'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { conversation, message } from '../http/answers.ts'
import { problemSchema } from '../http/problem.ts'
import type { RouteDependencies, Routes } from './deps.ts'

const event = z.object({
  id: z.guid(),
  createdAt: z.string(),
  kind: z.enum(['message.created', 'conversation.opened', 'conversation.assigned', 'conversation.updated']),
  conversationId: z.guid(),
  message: message.optional(),
  conversation: conversation.optional().describe('As it stands now, not as it stood then'),
})

/** Seconds between two signs of life on a stream; proxies cut silent ones after 60. */
const STREAM_WAIT = 20

export const eventRoutes: Routes = (app, { business, callers }) => {
  app.get(
    '/v1/events',
    {
      schema: {
        tags: ['Events'],
        summary: 'What happened, in order, each once: how a system without a socket receives',
        description:
          'Long polling: an empty answer is held back for up to `wait` seconds. Go on with `next` as `after`. With `Accept: text/event-stream` the same as a stream, which `Last-Event-ID` continues.',
        querystring: z.object({
          after: z.string().max(300).optional(),
          wait: z.coerce.number().int().min(0).max(MAX_WAIT_SECONDS).default(0).describe('Seconds'),
        }),
        response: { 200: z.object({ items: z.array(event), next: z.string() }), 422: problemSchema },
      },
    },
    async (request, reply) => {
      const actor = await callers.actor(request, 'events:read')
      const gone = new AbortController()
      reply.raw.once('close', () => gone.abort())
      const lastId = request.headers['last-event-id']
      const after = (typeof lastId === 'string' ? lastId : request.query.after) || null
      if (request.headers.accept?.includes('text/event-stream'))
        return stream(business, actor, after, reply, gone.signal)
      return business.events.read(actor, after, request.query.wait, gone.signal)
    },
  )
}

/** The feed as server-sent events. Each carries the cursor behind it, so that a cut stream goes on where it ended. */
async function stream(
  business: RouteDependencies['business'],
  actor: Actor,
  after: string | null,
  reply: FastifyReply,
  signal: AbortSignal,
): Promise<FastifyReply> {
  // Before the head is sent, so that a wrong cursor is still answered as a problem.
  let page = await business.events.read(actor, after, 0)
  reply.hijack()
  reply.raw.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  })
  try {
    while (!signal.aborted) {
      for (const item of page.items) reply.raw.write(`event: ${item.kind}\ndata: ${JSON.stringify(item)}\n\n`)
      reply.raw.write(`id: ${page.next}\ndata:\n\n`)
      const started = Date.now()
      page = await business.events.read(actor, page.next, STREAM_WAIT, signal)
      // A feed that answers at once without anything is one that is closing.
      if (page.items.length === 0 && Date.now() - started < 1_000) break
    }
  } finally {
    reply.raw.end()
  }
  return reply
}
