import { clientIdOf } from '@waggle/business'
import { type Actor, schemas, WaggleError } from '@waggle/shared'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { message } from '../http/answers.ts'
import { problemSchema } from '../http/problem.ts'
import type { Routes } from './deps.ts'

const name = schemas.shortText(100)
const knownTraveler = z.strictObject({ id: schemas.id })
const theirTraveler = z.strictObject({
  externalId: schemas.shortText(100),
  name: name.optional(),
  locale: schemas.cleanText(35).optional(),
})
const extra = {
  clientId: schemas.id.optional().describe('Or the header Idempotency-Key. The same one never makes a second message.'),
  from: z
    .strictObject({ traveler: z.union([knownTraveler, theirTraveler]) })
    .optional()
    .describe('API keys only: the traveler on whose behalf this is sent'),
}
const [text, note, image, file, card] = schemas.sendInput.options
const body = z.discriminatedUnion('kind', [
  text.extend(extra),
  note.extend(extra),
  image.extend(extra),
  file.extend(extra),
  card.extend(extra),
])

export const messageRoutes: Routes = (app, { business, callers, gatekeeper }) => {
  app.post(
    '/v1/messages',
    {
      schema: {
        tags: ['Messages'],
        summary: 'Send a message',
        description:
          'As a traveler (token of a widget session), an agent (cookie) or a partner’s system (API key), which may speak for a traveler with `from`. Answered after the message is stored.',
        body,
        response: {
          201: z.object({ message }),
          200: z.object({ message }).describe('The same send had been accepted before'),
          404: problemSchema,
          422: problemSchema,
          429: problemSchema,
        },
      },
    },
    async (request, reply) => {
      const { from, clientId = keyOf(request), ...send } = request.body
      const caller = await callers.actor(request, 'messages:write')
      const actor = from === undefined ? caller : await speakFor(caller, from.traveler)
      // A partner's system writes for many; its key is what it is held by.
      if (caller.kind !== 'partner') await gatekeeper.send(caller)
      const accepted = await business.acceptMessage(actor, { ...send, clientId })
      return reply.code(accepted.repeat ? 200 : 201).send({ message: accepted.message })
    },
  )

  async function speakFor(caller: Actor, traveler: z.infer<typeof knownTraveler> | z.infer<typeof theirTraveler>) {
    if (caller.kind !== 'partner') {
      throw new WaggleError('forbidden', 'from: only an API key may speak for somebody else', { field: 'from' })
    }
    return business.partners.speakFor(caller, traveler)
  }
}

function keyOf(request: FastifyRequest): string {
  const key = request.headers['idempotency-key']
  if (typeof key !== 'string' || key === '' || key.length > 255) {
    throw new WaggleError(
      'invalid_input',
      'clientId: is required, here or as Idempotency-Key of up to 255 characters',
      {
        field: 'clientId',
      },
    )
  }
  return clientIdOf(key)
}
