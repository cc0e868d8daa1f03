import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type Server, type Socket } from 'node:net'
import { toErrorBody, WaggleError } from '@waggle/shared'
import type { Call } from './remote-business.ts'
import { frameReader } from './rpc-frames.ts'
import { rpcWriter } from './rpc-socket.ts'

/** A caller that does not say who it is within this many milliseconds is cut. */
const HELLO_MS = 2_000

export interface Request {
  id: number
  method: string
  params: unknown
}

export interface RpcServer {
  server: Server
  /** Refuses new calls and resolves when those under way are answered. */
  drain(): Promise<void>
  closeConnections(): void
}

/**
 * Answers calls of the other nodes. The first line has to prove that the caller knows the cluster's
 * secret; whoever can reach the port but not that is cut without a word.
 * @param answer rejections that are no WaggleError reach the caller as `internal`.
 */
export function createRpcServer(
  secret: string,
  answer: Call,
  onError: (what: string, error: unknown) => void,
): RpcServer {
  const sockets = new Set<Socket>()
  const active = new Set<Promise<unknown>>()
  let draining = false
  const counted: Call = (method, params) => {
    if (draining) return Promise.reject(new WaggleError('unavailable'))
    const answered = answer(method, params)
    const done: Promise<unknown> = answered.then(
      () => active.delete(done),
      () => active.delete(done),
    )
    active.add(done)
    return answered
  }
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    serve(socket, secret, counted, onError)
  })
  return {
    server,
    drain: async () => {
      draining = true
      await Promise.all(active)
      // The answers are written in this turn; they leave in the next.
      await new Promise((resolve) => setImmediate(resolve))
    },
    closeConnections: () => {
      for (const socket of sockets) socket.destroy()
    },
  }
}

function serve(socket: Socket, secret: string, answer: Call, onError: (what: string, error: unknown) => void): void {
  let known = false
  const write = rpcWriter(socket)
  const deadline = setTimeout(() => socket.destroy(), HELLO_MS)
  socket.setNoDelay(true)
  socket.setEncoding('utf8')
  socket.on('error', () => {})
  socket.on('close', () => clearTimeout(deadline))

  const read = frameReader((value) => {
    if (!known) {
      known = proves(value, secret)
      clearTimeout(deadline)
      if (!known) socket.destroy()
      return
    }
    const { id, method, params } = value as Request
    answer(method, params).then(
      (result) => write({ id, result: result ?? null }),
      (error) => {
        if (!(error instanceof WaggleError)) onError(`rpc ${method}`, error)
        write({ id, error: toErrorBody(error) })
      },
    )
  })
  socket.on('data', (chunk) => {
    try {
      read(chunk as unknown as string)
    } catch (error) {
      if (known) onError('rpc read', error)
      socket.destroy()
    }
  })
}

/** The hash, not the secret itself, goes over the wire; both sides of the comparison have the same length. */
export function proofOf(secret: string): string {
  return createHash('sha256').update(`waggle rpc ${secret}`).digest('hex')
}

function proves(hello: unknown, secret: string): boolean {
  const proof = Buffer.from(String((hello as { proof?: unknown } | null)?.proof))
  const wanted = Buffer.from(proofOf(secret))
  return proof.length === wanted.length && timingSafeEqual(proof, wanted)
}
