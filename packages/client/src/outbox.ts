import type { ErrorBody, Message, SendInput } from '@waggle/shared'
import { backoff } from './backoff.ts'
import { needsNewToken, RequestError } from './request-error.ts'
import type { OutboxStorage } from './types.ts'

/** Milliseconds without an answer after which a send is repeated; a commit takes a few. */
const ANSWER_MS = 8_000
/** First and longest wait before a repeat, milliseconds: a few seconds after the server is back nobody waits any more. */
const RETRY_MS = 300
const RETRY_MAX_MS = 3_000

export interface OutboxEntry {
  input: SendInput
  /** ISO 8601: when it was put in. */
  createdAt: string
  /** Set when it was refused for good. */
  error: RequestError | null
}

interface Live extends OutboxEntry {
  lane: string
  inFlight: boolean
  failures: number
  timer: ReturnType<typeof setTimeout> | undefined
  resolve(message: Message): void
  reject(error: RequestError): void
}

export interface OutboxOptions {
  request(
    input: SendInput,
    timeoutMs: number,
  ): Promise<{ ok: true; message: Message } | { ok: false; error: ErrorBody }>
  isOnline(): boolean
  /** The token was refused; the connection comes back with a new one. */
  renew(): void
  onAccepted(message: Message, lane: string): void
  /** Something in this lane changed; a lane is a conversation's id, or `''` for sends that have none yet. */
  onChange(lane: string): void
  maxInFlight: number
  random(): number
  storage?: OutboxStorage | undefined
  storageKey: string
}

/**
 * Messages on their way out. A send stays here, with its clientId, until the server has answered: it is
 * repeated after a lost answer, a reconnect and a reload, and the server knows a repeat by its
 * clientId. [SEND1] Lanes go side by side; within one, the order of sending is kept.
 */
export class Outbox {
  readonly #options: OutboxOptions
  readonly #lanes = new Map<string, Live[]>()
  #size = 0

  constructor(options: OutboxOptions) {
    this.#options = options
    this.#restore()
  }

  /** Sends that wait for an answer. */
  get pending(): number {
    return this.#size
  }

  entries(lane: string): readonly OutboxEntry[] {
    return this.#lanes.get(lane) ?? []
  }

  add(input: SendInput): Promise<Message> {
    return new Promise((resolve, reject) => {
      this.#put(input, new Date().toISOString(), null, resolve, reject)
      this.#changed(laneOf(input))
      this.#pump(laneOf(input))
    })
  }

  /** Sends a failed one again, at the end of its lane. */
  retry(clientId: string): void {
    const entry = this.#find(clientId)
    if (!entry?.error) return
    entry.error = null
    entry.failures = 0
    this.#size++
    const lane = this.#lanes.get(entry.lane) ?? []
    this.#lanes.set(entry.lane, [...lane.filter((each) => each !== entry), entry])
    this.#changed(entry.lane)
    this.#pump(entry.lane)
  }

  /** @returns what was taken out, or null when it is not there or may have arrived already. */
  discard(clientId: string): SendInput | null {
    const entry = this.#find(clientId)
    if (!entry?.error) return null
    this.#remove(entry)
    return entry.input
  }

  /** The connection is there again: everything that waits goes now. */
  resume(): void {
    for (const [lane, entries] of this.#lanes) {
      for (const entry of entries) {
        clearTimeout(entry.timer)
        entry.timer = undefined
        entry.failures = 0
      }
      this.#pump(lane)
    }
  }

  /** A push showed the message before its answer came. @returns whether it was one of ours. */
  arrived(message: Message): boolean {
    const entry = this.#find(message.clientId)
    if (!entry) return false
    this.#accept(entry, message)
    return true
  }

  close(): void {
    for (const entries of this.#lanes.values()) for (const entry of entries) clearTimeout(entry.timer)
  }

  #put(
    input: SendInput,
    createdAt: string,
    error: RequestError | null,
    resolve: Live['resolve'],
    reject: Live['reject'],
  ): void {
    const lane = laneOf(input)
    const entry: Live = {
      input,
      createdAt,
      error,
      lane,
      inFlight: false,
      failures: 0,
      timer: undefined,
      resolve,
      reject,
    }
    const entries = this.#lanes.get(lane)
    if (entries) entries.push(entry)
    else this.#lanes.set(lane, [entry])
    if (error === null) this.#size++
  }

  #pump(lane: string): void {
    if (!this.#options.isOnline()) return
    let inFlight = 0
    for (const entry of this.#lanes.get(lane) ?? []) {
      if (entry.error) continue
      // One that waits for its repeat holds back those behind it: order before speed.
      if (entry.timer !== undefined || inFlight >= this.#options.maxInFlight) return
      inFlight++
      if (!entry.inFlight) void this.#send(entry)
    }
  }

  async #send(entry: Live): Promise<void> {
    entry.inFlight = true
    const answer = await this.#options
      .request(entry.input, ANSWER_MS)
      .catch(() => ({ ok: false as const, error: null }))
    entry.inFlight = false
    if (this.#find(entry.input.clientId) !== entry) return
    if (answer.ok) this.#accept(entry, answer.message)
    else if (answer.error === null) this.#again(entry, 0)
    else if (needsNewToken(answer.error.code)) {
      this.#options.renew()
      this.#again(entry, 0)
    } else if (answer.error.retryable) this.#again(entry, (answer.error.retryAfter ?? 0) * 1000)
    else this.#fail(entry, new RequestError(answer.error))
  }

  #again(entry: Live, atLeastMs: number): void {
    const wait = Math.max(atLeastMs, backoff(++entry.failures, RETRY_MS, RETRY_MAX_MS, this.#options.random))
    clearTimeout(entry.timer)
    entry.timer = setTimeout(() => {
      entry.timer = undefined
      this.#pump(entry.lane)
    }, wait)
  }

  #accept(entry: Live, message: Message): void {
    if (entry.error === null) this.#size--
    this.#take(entry)
    // First the message, then the change: a screen never sees neither.
    this.#options.onAccepted(message, entry.lane)
    this.#changed(entry.lane)
    entry.resolve(message)
    this.#pump(entry.lane)
  }

  #fail(entry: Live, error: RequestError): void {
    entry.error = error
    this.#size--
    this.#changed(entry.lane)
    entry.reject(error)
    this.#pump(entry.lane)
  }

  #remove(entry: Live): void {
    this.#take(entry)
    this.#changed(entry.lane)
  }

  #take(entry: Live): void {
    clearTimeout(entry.timer)
    const rest = (this.#lanes.get(entry.lane) ?? []).filter((each) => each !== entry)
    if (rest.length > 0) this.#lanes.set(entry.lane, rest)
    else this.#lanes.delete(entry.lane)
  }

  #find(clientId: string): Live | undefined {
    for (const entries of this.#lanes.values()) {
      const found = entries.find(({ input }) => input.clientId === clientId)
      if (found) return found
    }
    return undefined
  }

  #changed(lane: string): void {
    this.#save()
    this.#options.onChange(lane)
  }

  #save(): void {
    const { storage, storageKey } = this.#options
    if (!storage) return
    const all = [...this.#lanes.values()].flat()
    const stored = all.map(({ input, createdAt, error }) => ({ input, createdAt, error: error && bodyOf(error) }))
    try {
      if (stored.length === 0) storage.removeItem(storageKey)
      else storage.setItem(storageKey, JSON.stringify(stored))
    } catch {
      // A full or forbidden storage costs the reload, not the message.
    }
  }

  #restore(): void {
    const { storage, storageKey } = this.#options
    try {
      const stored = JSON.parse(storage?.getItem(storageKey) ?? '[]') as Stored[]
      for (const { input, createdAt, error } of stored) {
        this.#put(input, createdAt, error && new RequestError(error), ignore, ignore)
      }
    } catch {
      storage?.removeItem(storageKey)
    }
  }
}

interface Stored {
  input: SendInput
  createdAt: string
  error: ErrorBody | null
}

const ignore = () => {}
const laneOf = (input: SendInput): string => input.conversationId ?? ''

function bodyOf({ code, message, retryable, retryAfter, field }: RequestError): ErrorBody {
  return {
    code,
    message,
    retryable,
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...(field === undefined ? {} : { field }),
  }
}
