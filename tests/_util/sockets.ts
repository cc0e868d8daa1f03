import type { Ack, Actor, ServerToClient } from '@waggle/shared'
import { io, type Socket } from 'socket.io-client'
import { Tokens } from '../../packages/business/src/tokens.ts'
import { SECRET } from './nodes.ts'

const tokens = new Tokens(SECRET)

export async function tokenFor(actor: Actor): Promise<string> {
  return (await tokens.sign(actor, 600)).token
}

/** A bare socket, for tests that look at the wire itself. */
export class TestSocket implements Disposable {
  readonly socket: Socket
  readonly received: { name: string; payload: unknown }[] = []

  constructor(socket: Socket) {
    this.socket = socket
    socket.onAny((name, payload) => this.received.push({ name, payload }))
  }

  /** The answer to an event, whatever it says. */
  ask(event: string, ...args: unknown[]): Promise<Ack<Record<string, unknown>>> {
    return this.socket.timeout(5_000).emitWithAck(event, ...args)
  }

  /** The first event of this name that fits, also one that came already. */
  async next<E extends keyof ServerToClient>(
    event: E,
    fits: (payload: Parameters<ServerToClient[E]>[0]) => boolean = () => true,
  ): Promise<Parameters<ServerToClient[E]>[0]> {
    type Payload = Parameters<ServerToClient[E]>[0]
    const known = this.received.find(({ name, payload }) => name === event && fits(payload as Payload))
    if (known) return known.payload as Payload
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no ${event} came`)), 5_000)
      const listener = (name: string, payload: Payload) => {
        if (name !== event || !fits(payload)) return
        clearTimeout(timer)
        this.socket.offAny(listener)
        resolve(payload)
      }
      this.socket.onAny(listener)
    })
  }

  all<E extends keyof ServerToClient>(event: E): Parameters<ServerToClient[E]>[0][] {
    return this.received.filter(({ name }) => name === event).map(({ payload }) => payload) as never
  }

  [Symbol.dispose](): void {
    this.socket.disconnect()
  }
}

/** @throws the server's refusal, with its `data`. */
export async function connect(url: string, actor: Actor, auth: object = {}, headers = {}): Promise<TestSocket> {
  const token = await tokenFor(actor)
  return connectWith(url, { token, platform: 'web', protocol: 1, ...auth }, headers)
}

export async function connectWith(url: string, auth: object, extraHeaders = {}): Promise<TestSocket> {
  const socket = io(url, {
    auth,
    extraHeaders,
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
  })
  const made = new TestSocket(socket)
  await new Promise<void>((resolve, reject) => {
    socket.on('connect', () => resolve())
    socket.on('connect_error', reject)
  })
  return made
}
