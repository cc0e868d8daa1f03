import { SESSION_SECONDS, SOCKET_TOKEN_SECONDS } from '@waggle/business'
import { schemas } from '@waggle/shared'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { me } from '../http/answers.ts'
import { SESSION_COOKIE } from '../http/caller.ts'
import { problemSchema } from '../http/problem.ts'
import type { Routes } from './deps.ts'

const tags = ['Sign-in']
const loginBody = z.strictObject({
  email: schemas.cleanText(254).min(3),
  // Argon2 reads all of it; an upper limit keeps a long one from costing time.
  password: z.string().min(1).max(200),
})

export const authRoutes: Routes = (app, { business, callers, gatekeeper, realtimeUrl, secureCookies }) => {
  const cookie = { path: '/', httpOnly: true, sameSite: 'lax', secure: secureCookies } as const
  const remember = (reply: FastifyReply, secret: string) =>
    reply.setCookie(SESSION_COOKIE, secret, { ...cookie, maxAge: SESSION_SECONDS })

  app.post(
    '/v1/auth/login',
    {
      schema: {
        tags,
        summary: 'Sign in to the console',
        body: loginBody,
        response: { 200: me, 401: problemSchema, 429: problemSchema },
      },
    },
    async (request, reply) => {
      callers.assertOwnPage(request)
      const { email, password } = request.body
      await gatekeeper.login(email, request.ip)
      const { secret, me } = await business.signIn.login(email, password)
      remember(reply, secret)
      return me
    },
  )

  app.post('/v1/auth/logout', { schema: { tags, summary: 'Sign out' } }, async (request, reply) => {
    await business.signIn.logout(callers.sessionSecret(request))
    return reply.clearCookie(SESSION_COOKIE, cookie).code(204).send()
  })

  app.post(
    '/v1/auth/switch',
    {
      schema: {
        tags,
        summary: 'Work for another of your merchants',
        body: z.strictObject({ merchantId: schemas.id }),
        response: { 200: me, 404: problemSchema },
      },
    },
    (request) => business.signIn.switchMerchant(callers.sessionSecret(request), request.body.merchantId),
  )

  app.post(
    '/v1/auth/socket-token',
    {
      schema: {
        tags,
        summary: 'A token for the Socket.IO handshake, valid for a minute',
        response: { 200: z.object({ token: z.string(), realtimeUrl: z.string(), expiresAt: z.string() }) },
      },
    },
    async (request) => {
      const actor = await business.signIn.actor(callers.sessionSecret(request))
      return { ...(await business.tokens.sign(actor, SOCKET_TOKEN_SECONDS)), realtimeUrl }
    },
  )

  app.get(
    '/v1/me',
    { schema: { tags, summary: 'Who is signed in', response: { 200: me, 401: problemSchema } } },
    (request) => business.signIn.me(callers.sessionSecret(request)),
  )
}
