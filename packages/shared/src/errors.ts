/**
 * The one catalogue of errors. A domain error carries a code from here and knows nothing of
 * HTTP or sockets; the edges translate it. The API reference lists this table.
 */
interface ErrorKind {
  /** HTTP status at the `/v1` edge. */
  status: number
  title: string
  /** Whether the same request may succeed later without being changed. */
  retryable: boolean
}

export const errorCatalogue = {
  invalid_input: { status: 422, title: 'A field of the request is wrong', retryable: false },
  malformed: { status: 400, title: 'The request could not be read', retryable: false },
  too_large: { status: 413, title: 'The request is larger than allowed', retryable: false },
  unsupported_media: { status: 415, title: 'Files of this type are not accepted', retryable: false },
  unknown_event: { status: 404, title: 'No such event', retryable: false },
  unauthenticated: { status: 401, title: 'Sign in, or send a valid token', retryable: false },
  token_expired: { status: 401, title: 'The token has expired; get a new one', retryable: false },
  forbidden: { status: 403, title: 'Not allowed for this role', retryable: false },
  origin_not_allowed: { status: 403, title: 'This website may not connect', retryable: false },
  not_found: { status: 404, title: 'Not found', retryable: false },
  conflict: { status: 409, title: 'Somebody else was faster', retryable: false },
  message_blocked: { status: 422, title: 'The message contains words that may not be sent', retryable: false },
  conversation_closed: { status: 409, title: 'The conversation is closed', retryable: false },
  suspended: { status: 429, title: 'Too many attempts; suspended for a while', retryable: true },
  rate_limited: { status: 429, title: 'Too many requests', retryable: true },
  unavailable: { status: 503, title: 'Temporarily unavailable; try again', retryable: true },
  internal: { status: 500, title: 'Something went wrong on our side', retryable: true },
} as const satisfies Record<string, ErrorKind>

export type ErrorCode = keyof typeof errorCatalogue

/** An expected refusal. `message` is written for the person who sent the request. */
export class WaggleError extends Error {
  readonly code: ErrorCode
  readonly field: string | undefined
  /** Seconds until trying again makes sense. */
  readonly retryAfter: number | undefined

  constructor(
    code: ErrorCode,
    message?: string,
    options: { field?: string; retryAfter?: number; cause?: unknown } = {},
  ) {
    super(message ?? errorCatalogue[code].title, { cause: options.cause })
    this.name = 'WaggleError'
    this.code = code
    this.field = options.field
    this.retryAfter = options.retryAfter
  }
}

/** Any thrown value as a body for the wire; the details of an unexpected one stay in the log. */
export function toErrorBody(error: unknown) {
  const known = error instanceof WaggleError ? error : new WaggleError('internal')
  return {
    code: known.code,
    message: known.message,
    retryable: errorCatalogue[known.code].retryable,
    ...(known.field === undefined ? {} : { field: known.field }),
    ...(known.retryAfter === undefined ? {} : { retryAfter: known.retryAfter }),
  }
}
