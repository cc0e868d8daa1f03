import type { Problem } from '@waggle/shared'

/** An answer that is not a success, in the words of the API. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly field: string | undefined

  constructor(status: number, problem: Partial<Problem>) {
    super(problem.detail ?? problem.title ?? `HTTP ${status}`)
    this.status = status
    this.code = problem.code ?? (status >= 500 ? 'unavailable' : 'internal')
    this.field = problem.field
  }
}

/**
 * Calls the API of the same origin with the session's cookie.
 * @param body an object goes as JSON, a form as it is.
 * @throws ApiError also when nothing answers (status 0).
 */
export async function api<T>(method: string, path: string, body?: object): Promise<T> {
  const isForm = body instanceof FormData
  const response = await fetch(path, {
    method,
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    ...(body === undefined || isForm ? {} : { headers: { 'content-type': 'application/json' } }),
  }).catch(() => {
    throw new ApiError(0, { code: 'unavailable', detail: 'No answer from the server' })
  })
  if (response.status === 204) return undefined as T
  const answer = (await response.json().catch(() => ({}))) as T & Problem
  if (!response.ok) throw new ApiError(response.status, answer)
  return answer
}
