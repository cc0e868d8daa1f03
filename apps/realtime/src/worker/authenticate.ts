import type { SocketBusiness } from '@waggle/business'
import { decode, schemas, toErrorBody, WaggleError } from '@waggle/shared'
import type { Gatekeeper } from '../gatekeeper.ts'
import type { ServerSocket } from '../socket-server.ts'

/** A connection without a verified token holds memory; nobody needs longer than this to answer. */
const DEADLINE_MS = 5_000

/** Socket.IO carries `data` of the error to the client's `connect_error`. */
class Refusal extends Error {
  readonly data: ReturnType<typeof toErrorBody>

  constructor(error: unknown) {
    const body = toErrorBody(error)
    super(body.message)
    this.data = body
  }
}

/** Middleware: who connects. Refuses with an error of the catalogue. */
export function authenticate(
  business: Pick<SocketBusiness, 'authenticate'>,
  gatekeeper: Pick<Gatekeeper, 'address' | 'connection'>,
  ipOf: (socket: ServerSocket) => string,
) {
  return (socket: ServerSocket, next: (error?: Error) => void): void => {
    const timeout = setTimeout(() => next(new Refusal(new WaggleError('unavailable'))), DEADLINE_MS)
    // The address before the token, so that guessing tokens counts too.
    gatekeeper
      .address(ipOf(socket))
      .then(() => identify(business, socket))
      .then(async (actor) => {
        await gatekeeper.connection(actor)
        return actor
      })
      .then((actor) => {
        socket.data = {
          actor,
          ip: ipOf(socket),
          platform: String(socket.handshake.auth.platform),
          viewing: null,
        }
        next()
      })
      .catch((error) => next(new Refusal(error)))
      .finally(() => clearTimeout(timeout))
  }
}

async function identify(business: Pick<SocketBusiness, 'authenticate'>, socket: ServerSocket) {
  const { token } = decode(schemas.handshakeAuth, socket.handshake.auth)
  const actor = await business.authenticate(token)
  if (actor.kind === 'partner') throw new WaggleError('forbidden', 'An API key works over HTTP')
  return actor
}
