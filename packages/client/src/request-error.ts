import type { ErrorBody } from '@waggle/shared'

/** Why a request was refused or got no answer. `message` is written for the person who made it. */
export class RequestError extends Error {
  readonly code: ErrorBody['code']
  /** The same request may succeed later without being changed. */
  readonly retryable: boolean
  /** Seconds until trying again makes sense. */
  readonly retryAfter: number | undefined
  readonly field: string | undefined

  constructor(body: ErrorBody) {
    super(body.message)
    this.name = 'RequestError'
    this.code = body.code
    this.retryable = body.retryable
    this.retryAfter = body.retryAfter
    this.field = body.field
  }
}

/** A refusal that a new token heals: the message itself is not at fault. */
export const needsNewToken = (code: unknown): boolean => code === 'unauthenticated' || code === 'token_expired'

/** No answer came: the request may or may not have been carried out. */
export const noAnswer = (): RequestError =>
  new RequestError({ code: 'unavailable', message: 'No answer from the server', retryable: true })
