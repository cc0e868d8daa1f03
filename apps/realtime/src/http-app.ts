import fastify from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'

/** Bytes of a JSON body: a text of the longest kind in Chinese is 15 KB, a card 20 KB. Files have their own limit. */
const BODY_BYTES = 128 * 1024

export type HttpApp = ReturnType<typeof createHttpApp>

/** What a load balancer asks. `ready` rejects with a reason while this node should not get traffic. */
export interface Health {
  ready(): Promise<void>
}

/** The HTTP server of a node, with its health; the dispatcher adds the API, the worker Socket.IO. */
export function createHttpApp({ trustProxy, health }: { trustProxy: boolean; health: Health }) {
  const app = fastify({
    logger: false,
    trustProxy,
    bodyLimit: BODY_BYTES,
    // Idle keep-alive connections must not hold up a shutdown.
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
  }).withTypeProvider<ZodTypeProvider>()

  app.get('/healthz', { schema: { hide: true } as object }, async () => ({ ok: true }))
  app.get('/readyz', { schema: { hide: true } as object }, async (_request, reply) => {
    try {
      await health.ready()
      return { ok: true }
    } catch (error) {
      return reply.code(503).send({ ok: false, reason: error instanceof Error ? error.message : 'not ready' })
    }
  })
  return app
}
