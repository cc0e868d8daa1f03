import type { ErrorBody, Platform, ServerToClient } from '@waggle/shared'
import { closeReasons, PROTOCOL_VERSION } from '@waggle/shared/protocol'
import { io, type Socket } from 'socket.io-client'
import { backoff } from './backoff.ts'
import { needsNewToken, noAnswer } from './request-error.ts'
import type { AnsweredEvent, AnswerOf, ConnectionState, PayloadOf, PlainEvent, Transport } from './transport.ts'

export interface SocketTransportOptions {
  /** Origin of the realtime service. */
  url: string
  /**
   * Asked before every attempt. A rejection with `code: 'unauthenticated'`, `'token_expired'` or `'forbidden'`,
   * or `status: 401`, signs out; any other one is tried again.
   */
  getToken: () => Promise<string>
  platform: Platform
  /** In [0, 1), for jitter. */
  random?: () => number
}

/** First and longest wait between attempts, milliseconds: a blip goes unnoticed, a dead server is not hammered. */
const RETRY_MS = 300
const RETRY_MAX_MS = 5_000
/** Token and handshake together; a mobile network that needs longer is better off with a new attempt. */
const ATTEMPT_MS = 15_000
/** When the server suspends without saying for how long. */
const SUSPENDED_MS = 30_000

/** A Socket.IO connection that comes back by itself until it is told not to. */
export function socketTransport(options: SocketTransportOptions): Transport {
  return new SocketTransport(options)
}

class SocketTransport implements Transport {
  readonly #options: SocketTransportOptions
  readonly #random: () => number
  readonly #socket: Socket
  #listener: (state: ConnectionState, retryAt: number | null) => void = () => {}
  #running = false
  /** Counts attempts, so that a token that comes too late starts nothing. */
  #attempt = 0
  #failures = 0
  /** A refused token is replaced once; the second refusal in a row means that the person is signed out. */
  #tokenRefused = false
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Unix milliseconds before which the server does not want us back. */
  #notBefore = 0

  constructor(options: SocketTransportOptions) {
    this.#options = options
    this.#random = options.random ?? Math.random
    // Reconnecting is done here, because each attempt needs a token that may have to be fetched first.
    this.#socket = io(options.url, {
      autoConnect: false,
      reconnection: false,
      forceNew: true,
      transports: ['websocket', 'polling'],
      tryAllTransports: true,
    })
    this.#socket.on('connect', () => this.#connected())
    this.#socket.on('connect_error', (error: Error & { data?: ErrorBody }) => this.#refused(error.data))
    this.#socket.on('disconnect', () => this.#lost())
    this.#socket.on('session:closing', (event: Parameters<ServerToClient['session:closing']>[0]) =>
      this.#closing(event.reason, event.retryInMs),
    )
  }

  connect(): void {
    if (this.#running) return
    this.#running = true
    this.#failures = 0
    this.#tokenRefused = false
    this.#notBefore = 0
    this.#listener('connecting', null)
    this.#open()
  }

  disconnect(): void {
    this.#stop('offline')
  }

  wake(): void {
    if (this.#running && !this.#socket.active && this.#notBefore <= Date.now()) this.#open()
  }

  renew(): void {
    if (this.#running) this.#socket.disconnect()
  }

  async request<E extends AnsweredEvent>(event: E, payload: PayloadOf<E>, timeoutMs: number): Promise<AnswerOf<E>> {
    // Socket.IO would keep it and send it after the reconnect, behind the outbox's back.
    if (!this.#socket.connected) throw noAnswer()
    return new Promise((resolve, reject) => {
      this.#socket.timeout(timeoutMs).emit(event, payload, (failure: Error | null, answer: AnswerOf<E>) => {
        if (failure) reject(noAnswer())
        else resolve(answer)
      })
    })
  }

  send<E extends PlainEvent>(event: E, payload: PayloadOf<E>): void {
    if (this.#socket.connected) this.#socket.emit(event, payload)
  }

  onPush<E extends keyof ServerToClient>(event: E, listener: ServerToClient[E]): void {
    this.#socket.on(event as string, listener as (payload: unknown) => void)
  }

  onState(listener: (state: ConnectionState, retryAt: number | null) => void): void {
    this.#listener = listener
  }

  #open(): void {
    const attempt = ++this.#attempt
    this.#wait(ATTEMPT_MS, () => this.#retry())
    this.#options.getToken().then(
      (token) => {
        if (attempt !== this.#attempt) return
        this.#socket.auth = { token, platform: this.#options.platform, protocol: PROTOCOL_VERSION }
        this.#socket.connect()
      },
      (error: { code?: unknown; status?: unknown } | undefined) => {
        if (attempt !== this.#attempt) return
        if (needsNewToken(error?.code) || error?.code === 'forbidden' || error?.status === 401) this.#stop('signed-out')
        else this.#retry()
      },
    )
  }

  #connected(): void {
    clearTimeout(this.#timer)
    this.#failures = 0
    this.#tokenRefused = false
    this.#listener('online', null)
  }

  #refused(error: ErrorBody | undefined): void {
    if (!this.#running) return
    if (error?.code === 'suspended') {
      this.#retry('suspended', error.retryAfter === undefined ? SUSPENDED_MS : error.retryAfter * 1000)
    } else if (needsNewToken(error?.code)) {
      if (this.#tokenRefused) this.#stop('signed-out')
      else {
        this.#tokenRefused = true
        this.#open()
      }
    } else if (error?.retryable === false) this.#stop('signed-out')
    else this.#retry('offline', (error?.retryAfter ?? 0) * 1000)
  }

  #lost(): void {
    if (!this.#running) return
    this.#retry('connecting', this.#notBefore - Date.now())
  }

  #closing(reason: keyof typeof closeReasons, retryInMs: number): void {
    if (closeReasons[reason]?.final) {
      this.#stop(reason === 'suspended' ? 'suspended' : 'signed-out')
      return
    }
    // The server spreads its clients over time with this number; whoever closes first, we return then.
    this.#notBefore = Date.now() + retryInMs
    this.#wait(retryInMs, () => this.#socket.disconnect())
  }

  /** Plans the next attempt, not earlier than `atLeast` milliseconds from now. */
  #retry(state: ConnectionState = 'offline', atLeast = 0): void {
    this.#attempt++
    const wait = Math.max(atLeast, backoff(++this.#failures, RETRY_MS, RETRY_MAX_MS, this.#random))
    this.#notBefore = state === 'suspended' ? Date.now() + wait : 0
    // Before closing: closing reports a lost connection only when there was one.
    if (this.#socket.active && !this.#socket.connected) this.#socket.disconnect()
    this.#listener(state, Date.now() + wait)
    this.#wait(wait, () => this.#open())
  }

  #stop(state: ConnectionState): void {
    this.#running = false
    this.#attempt++
    clearTimeout(this.#timer)
    this.#socket.disconnect()
    this.#listener(state, null)
  }

  #wait(ms: number, then: () => void): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(then, ms)
  }
}
