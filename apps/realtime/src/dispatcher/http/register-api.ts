import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import swagger from '@fastify/swagger'
import { limits } from '@waggle/shared'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import type { HttpApp } from '../../http-app.ts'
import { attachmentRoutes } from '../routes/attachments.ts'
import { authRoutes } from '../routes/auth.ts'
import { clusterRoutes } from '../routes/cluster.ts'
import { conversationRoutes } from '../routes/conversations.ts'
import { demoRoutes } from '../routes/demo.ts'
import type { RouteDependencies, Routes } from '../routes/deps.ts'
import { eventRoutes } from '../routes/events.ts'
import { messageRoutes } from '../routes/messages.ts'
import { widgetRoutes } from '../routes/widget.ts'
import { wordRoutes } from '../routes/words.ts'
import { errorHandler, notFound } from './problem.ts'
import { serializerCompiler, validatorCompiler } from './validate.ts'

const routes: Routes[] = [
  messageRoutes,
  conversationRoutes,
  eventRoutes,
  attachmentRoutes,
  wordRoutes,
  clusterRoutes,
  widgetRoutes,
  authRoutes,
  demoRoutes,
]

const description = {
  info: {
    title: 'Waggle',
    version: '1',
    description: 'Customer-service messaging. Errors are `application/problem+json` with a stable `code`.',
    license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
  },
  components: {
    securitySchemes: {
      bearer: { type: 'http', scheme: 'bearer', description: 'An API key (wgk_…) or the token of a widget session' },
      cookie: { type: 'apiKey', in: 'cookie', name: 'waggle_session', description: 'The console' },
    },
  },
  security: [{ bearer: [] }, { cookie: [] }],
} as const

/** Puts the HTTP API under `/v1`, described at `/v1/openapi.json`. */
export async function registerApi(
  app: HttpApp,
  deps: RouteDependencies,
  onUnexpected: (what: string, error: unknown) => void,
): Promise<void> {
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.setErrorHandler(errorHandler(onUnexpected))
  app.setNotFoundHandler(notFound)
  await app.register(cookie)
  await app.register(multipart, { limits: { fileSize: limits.attachmentBytes, files: 1, fields: 5, parts: 6 } })
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', ...structuredClone(description) } as object,
    transform: jsonSchemaTransform,
  })
  // Their own scope, so that the description has seen the plugins before the first route.
  await app.register(async (scope) => {
    for (const register of routes) register(scope as unknown as HttpApp, deps)
    scope.get('/v1/openapi.json', { schema: { hide: true } as object }, async () => app.swagger())
  })
}
