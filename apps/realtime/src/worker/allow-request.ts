import type { IncomingMessage } from 'node:http'

/**
 * Which origins may open a socket. CORS does not stop a WebSocket from a foreign page, this does.
 * Both the console and the widget's frame are pages of the web app; a client outside browsers
 * sends no Origin and shows a token instead.
 */
export function allowRequest(webOrigins: readonly string[]) {
  return (request: IncomingMessage, decide: (refusal: string | null, allowed: boolean) => void): void => {
    const { origin } = request.headers
    const allowed = origin === undefined || webOrigins.includes(origin)
    decide(allowed ? null : 'origin_not_allowed', allowed)
  }
}
