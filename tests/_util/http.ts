export interface HttpAnswer {
  status: number
  /** Without the date. */
  headers: Record<string, string>
  text: string
}

/** @param body a form as it is, anything else as JSON. */
export async function call(
  url: string,
  method: string,
  headers: Record<string, string>,
  body?: unknown,
): Promise<HttpAnswer> {
  const form = body instanceof FormData
  const json: Record<string, string> = body === undefined || form ? {} : { 'content-type': 'application/json' }
  const response = await fetch(url, {
    method,
    headers: { ...headers, ...json },
    ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
  })
  const { date: _, ...rest } = Object.fromEntries(response.headers)
  return { status: response.status, headers: rest, text: await response.text() }
}
