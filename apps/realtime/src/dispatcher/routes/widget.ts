import { z } from 'zod'
import { merchant, traveler } from '../http/answers.ts'
import { problemSchema } from '../http/problem.ts'
import type { Routes } from './deps.ts'

const tags = ['Widget']
const merchantKey = z.string().regex(/^wgm_\w{1,60}$/, 'must be a merchant key (wgm_…)')
const jwt = z.string().min(1).max(4_096)
const publicMerchant = merchant.extend({ color: z.string(), greeting: z.string() })

export const widgetRoutes: Routes = (app, { business, realtimeUrl }) => {
  app.get(
    '/v1/widget/config',
    {
      schema: {
        tags,
        summary: 'A merchant as its page shows it, and the origins that may embed the widget',
        querystring: z.object({ merchant: merchantKey }),
        response: {
          200: z.object({ merchant: publicMerchant, allowedOrigins: z.array(z.string()) }),
          404: problemSchema,
        },
      },
    },
    (request) => business.widgetSessions.merchant(request.query.merchant),
  )

  app.post(
    '/v1/widget/sessions',
    {
      schema: {
        tags,
        summary: 'A traveler arrives: anonymous, known from an earlier visit, or vouched for by the merchant',
        body: z.strictObject({
          merchantKey,
          identityToken: jwt
            .optional()
            .describe('JWT (HS256) signed with the merchant’s identity secret: sub, name, exp'),
          resumeToken: jwt.optional().describe('The token of an earlier session on this device'),
          locale: z
            .string()
            .regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'must be a language tag')
            .max(35)
            .optional(),
        }),
        response: {
          201: z.object({
            token: z.string(),
            expiresAt: z.string(),
            traveler,
            merchant: publicMerchant,
            realtimeUrl: z.string(),
          }),
          401: problemSchema,
          404: problemSchema,
        },
      },
    },
    async (request, reply) => {
      const session = await business.widgetSessions.start(request.body)
      return reply.code(201).send({ ...session, realtimeUrl })
    },
  )
}
