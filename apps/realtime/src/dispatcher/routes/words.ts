import { schemas } from '@waggle/shared'
import { z } from 'zod'
import { word } from '../http/answers.ts'
import { problemSchema } from '../http/problem.ts'
import type { Routes } from './deps.ts'

const tags = ['Sensitive words']
const params = z.object({ id: schemas.id })

/** Administrators only, which the business layer checks. */
export const wordRoutes: Routes = (app, { business, callers }) => {
  app.get(
    '/v1/admin/words',
    {
      schema: {
        tags,
        summary: 'The words that may not pass',
        querystring: z.object({ q: schemas.cleanText(100).optional().describe('Part of a word') }),
        response: { 200: z.object({ items: z.array(word), version: z.int() }), 403: problemSchema },
      },
    },
    async (request) => business.words.list(await callers.actor(request, 'words:write'), request.query.q),
  )

  app.post(
    '/v1/admin/words',
    {
      schema: {
        tags,
        summary: 'Add a word; in force on every node within a second',
        body: schemas.wordInput,
        response: { 201: z.object({ word }), 409: problemSchema, 422: problemSchema },
      },
    },
    async (request, reply) => {
      const actor = await callers.actor(request, 'words:write')
      return reply.code(201).send({ word: await business.words.add(actor, request.body) })
    },
  )

  app.patch(
    '/v1/admin/words/:id',
    {
      schema: {
        tags,
        summary: 'Change what happens to a word',
        params,
        body: schemas.wordPatch,
        response: { 200: z.object({ word }), 404: problemSchema },
      },
    },
    async (request) => {
      const actor = await callers.actor(request, 'words:write')
      return { word: await business.words.change(actor, request.params.id, request.body) }
    },
  )

  app.delete('/v1/admin/words/:id', { schema: { tags, summary: 'Remove a word', params } }, async (request, reply) => {
    await business.words.remove(await callers.actor(request, 'words:write'), request.params.id)
    return reply.code(204).send()
  })
}
