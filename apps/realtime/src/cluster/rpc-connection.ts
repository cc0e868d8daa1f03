import { connect, type Socket } from 'node:net'
import { type ErrorBody, WaggleError } from '@waggle/shared'
import { frameReader } from './rpc-frames.ts'
import { proofOf } from './rpc-server.ts'
import { rpcWriter } from './rpc-socket.ts'

/** Milliseconds. A dispatcher that needs longer has a database that needs longer; the client sends again. */
const CALL_MS = 5_000
const CONNECT_MS = 2_000

/** A call that never left: another node may be asked without doing anything twice. */
export class NotSent extends WaggleError {
  constructor() {
    super('unavailable')
  }
}

/** Without an answer for so many milliseconds a node is asked only when there is no other. */
const STUCK_MS = 1_000

interface Pending {
  since: number
  resolve(result: unknown): void
  reject(error: unknown): void
  timer: NodeJS.Timeout
}

/** One connection to one node: many calls at once, answered in any order. */
export class RpcConnection {
  readonly #socket: Socket
  readonly #write: (value: unknown) => void
  readonly #pending = new Map<number, Pending>()
  #lastId = 0
  #open = true
  #connected = false

  /** @param address `host:port`. Calls made before it is open wait for it. */
  constructor(address: string, secret: string) {
    const at = address.lastIndexOf(':')
    this.#socket = connect({ host: address.slice(0, at), port: Number(address.slice(at + 1)), noDelay: true })
    this.#socket.setEncoding('utf8')
    this.#socket.setTimeout(CONNECT_MS, () => this.#socket.destroy())
    this.#socket.on('connect', () => {
      this.#connected = true
      this.#socket.setTimeout(0)
    })
    this.#write = rpcWriter(this.#socket)
    const read = frameReader((value) => this.#answered(value as { id: number; result?: unknown; error?: ErrorBody }))
    this.#socket.on('data', (chunk) => read(chunk as unknown as string))
    this.#socket.on('error', () => {})
    this.#socket.on('close', () => this.#closed())
    this.#write({ proof: proofOf(secret) })
  }

  get open(): boolean {
    return this.#open
  }

  /** Something was asked and nothing comes back. */
  get stuck(): boolean {
    const [oldest] = this.#pending.values()
    return oldest !== undefined && performance.now() - oldest.since > STUCK_MS
  }

  /** @throws WaggleError of the other side; `unavailable` when it is not known whether the call was carried out. */
  call(method: string, params: unknown): Promise<unknown> {
    if (!this.#open) return Promise.reject(new NotSent())
    return new Promise((resolve, reject) => {
      const id = ++this.#lastId
      const timer = setTimeout(() => {
        this.#pending.delete(id)
        reject(new WaggleError('unavailable'))
      }, CALL_MS)
      this.#pending.set(id, { since: performance.now(), resolve, reject, timer })
      this.#write({ id, method, params })
    })
  }

  close(): void {
    this.#socket.destroy()
  }

  #answered({ id, result, error }: { id: number; result?: unknown; error?: ErrorBody }): void {
    const pending = this.#pending.get(id)
    if (!pending) return
    this.#pending.delete(id)
    clearTimeout(pending.timer)
    if (error) pending.reject(new WaggleError(error.code, error.message, error))
    else pending.resolve(result ?? undefined)
  }

  #closed(): void {
    this.#open = false
    for (const { reject, timer } of this.#pending.values()) {
      clearTimeout(timer)
      reject(this.#connected ? new WaggleError('unavailable') : new NotSent())
    }
    this.#pending.clear()
  }
}
