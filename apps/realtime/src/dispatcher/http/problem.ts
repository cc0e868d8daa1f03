import { errorCatalogue, type Problem, WaggleError } from '@waggle/shared'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'

export const PROBLEM_TYPE = 'application/problem+json'

/** An error of the catalogue as RFC 9457 has it. */
export function problemOf(error: WaggleError): Problem {
  const { status, title } = errorCatalogue[error.code]
  return {
    type: `https://waggle.dev/errors/${error.code}`,
    title,
    status,
    code: error.code,
    detail: error.message,
    ...(error.field === undefined ? {} : { field: error.field }),
    ...(error.retryAfter === undefined ? {} : { retryAfter: error.retryAfter }),
  }
}

/** What Fastify and its plugins throw, in our words. */
const known: Record<string, () => WaggleError> = {
  FST_ERR_CTP_BODY_TOO_LARGE: () => new WaggleError('too_large'),
  FST_REQ_FILE_TOO_LARGE: () => new WaggleError('too_large', undefined, { field: 'file' }),
  FST_FILES_LIMIT: () => new WaggleError('too_large', 'file: one file at a time', { field: 'file' }),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () => new WaggleError('unsupported_media', 'The body has to be application/json'),
  FST_INVALID_MULTIPART_CONTENT_TYPE: () =>
    new WaggleError('unsupported_media', 'The body has to be multipart/form-data'),
}

/** Answers every error as a problem; tells `onUnexpected` about those that are ours. */
export function errorHandler(onUnexpected: (what: string, error: unknown) => void) {
  return (error: FastifyError | WaggleError, request: FastifyRequest, reply: FastifyReply): void => {
    const expected = translate(error)
    if (expected === null) onUnexpected(`${request.method} ${request.routeOptions.url ?? 'unknown route'}`, error)
    const problem = problemOf(expected ?? new WaggleError('internal'))
    if (problem.retryAfter !== undefined) reply.header('retry-after', String(problem.retryAfter))
    reply.code(problem.status).type(PROBLEM_TYPE).send(JSON.stringify(problem))
  }
}

function translate(error: FastifyError | WaggleError): WaggleError | null {
  if (error instanceof WaggleError) return error
  const translated = known[error.code]?.()
  if (translated) return translated
  // Whatever else Fastify blames the request for: JSON that is none, a bad header, a bad URL.
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return new WaggleError('malformed', error.message)
  }
  return null
}

export function notFound(_request: FastifyRequest, reply: FastifyReply): void {
  const problem = problemOf(new WaggleError('not_found', 'There is nothing at this address'))
  reply.code(404).type(PROBLEM_TYPE).send(JSON.stringify(problem))
}

/** In the API description. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum(Object.keys(errorCatalogue) as [keyof typeof errorCatalogue]),
    detail: z.string(),
    field: z.string().optional(),
    retryAfter: z.int().optional(),
  })
  .describe('application/problem+json') satisfies z.ZodType<Problem>
