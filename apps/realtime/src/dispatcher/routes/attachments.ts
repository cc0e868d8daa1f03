import { limits, schemas, WaggleError } from '@waggle/shared'
import { z } from 'zod'
import { attachment } from '../http/answers.ts'
import { inspectUpload } from '../http/inspect-upload.ts'
import { problemSchema } from '../http/problem.ts'
import type { Routes } from './deps.ts'

const tags = ['Attachments']

export const attachmentRoutes: Routes = (app, { business, callers }) => {
  app.post(
    '/v1/attachments',
    {
      schema: {
        tags,
        summary: 'Upload a file (multipart/form-data, field `file`), then send a message with its id',
        description: `JPEG, PNG, WebP, GIF, PDF or plain text of up to ${limits.attachmentBytes / 1024 / 1024} MB. Images are stored without their metadata.`,
        consumes: ['multipart/form-data'],
        response: { 201: z.object({ attachment }), 413: problemSchema, 415: problemSchema },
      },
    },
    async (request, reply) => {
      // Before the file is read: whoever may not upload does not get to fill memory.
      const actor = await callers.actor(request, 'messages:write')
      const part = await readable(request.file())
      if (part?.fieldname !== 'file') throw new WaggleError('invalid_input', 'file: is required', { field: 'file' })
      const bytes = await readable(part.toBuffer())
      // When the limit is met between two pieces, the parser ends the file there and says nothing.
      if (part.file.truncated) throw new WaggleError('too_large', undefined, { field: 'file' })
      const upload = await inspectUpload(part.filename, bytes)
      return reply.code(201).send({ attachment: await business.attachments.save(actor, upload) })
    },
  )

  app.get(
    '/v1/attachments/:id',
    { schema: { tags, summary: 'The file itself', params: z.object({ id: schemas.id }) } },
    async (request, reply) => {
      const actor = await callers.actor(request, 'conversations:read')
      const file = await business.attachments.read(actor, request.params.id)
      const disposition = file.mime.startsWith('image/') ? 'inline' : 'attachment'
      return reply
        .header('content-type', file.mime === 'text/plain' ? 'text/plain; charset=utf-8' : file.mime)
        .header('content-disposition', `${disposition}; filename*=UTF-8''${encodeURIComponent(file.name)}`)
        .header('cache-control', 'private, max-age=31536000, immutable')
        .header('x-content-type-options', 'nosniff')
        .header('content-security-policy', "default-src 'none'; sandbox")
        .send(Buffer.from(file.bytes))
    },
  )
}

/** A form that is cut off or none at all is the sender's fault; the parser says so with plain errors. */
async function readable<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading
  } catch (cause) {
    if (!(cause instanceof Error) || 'code' in cause) throw cause
    throw new WaggleError('malformed', `The form could not be read: ${cause.message}`, { cause })
  }
}
