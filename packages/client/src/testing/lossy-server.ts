import type { Message, MessagePage, SendInput, ServerToClient, SyncedConversation } from '@waggle/shared'
import { noAnswer } from '../request-error.ts'
import type { AnsweredEvent, AnswerOf, ConnectionState, PayloadOf, Transport } from '../transport.ts'
import { message } from './fake-transport.ts'

/** What befalls the next push, request or page; `ms` is how late a late one is. */
export interface Fault {
  kind: 'lost' | 'answer lost' | 'late' | 'late answer' | 'refused' | 'doubled'
  ms: number
}

/** One way, milliseconds. */
const HOP_MS = 5
/** Small, so that few messages suffice for a `reset` and for a second page. */
const SYNC_MESSAGES = 8
const PAGE = 5

/** A correct server at the far end of a bad line: it keeps every thread, and the line loses, doubles and overtakes. */
export class LossyServer implements Transport {
  readonly faults: Record<'push' | 'request' | 'page', Fault[]> = { push: [], request: [], page: [] }
  /** Threads of which an answer was only a part: not everything in them can have been told. */
  readonly cut = new Set<string>()
  readonly #threads = new Map<string, Message[]>()
  readonly #listeners = new Map<string, (payload: never) => void>()
  readonly #unanswered = new Set<() => void>()
  #onState: (state: ConnectionState, retryAt: number | null) => void = () => {}
  #connection = 0
  #online = false

  connect(): void {}
  disconnect(): void {}
  wake(): void {}
  renew(): void {}
  send(): void {}

  onPush<E extends keyof ServerToClient>(event: E, listener: ServerToClient[E]): void {
    this.#listeners.set(event, listener as (payload: never) => void)
  }

  onState(listener: (state: ConnectionState, retryAt: number | null) => void): void {
    this.#onState = listener
  }

  /** What is under way on a connection that ends does not arrive at the client; requests may still arrive here. */
  online(on: boolean): void {
    if (this.#online === on) return
    this.#online = on
    this.#connection++
    for (const lose of this.#unanswered) lose()
    this.#onState(on ? 'online' : 'offline', null)
  }

  thread(id: string): Message[] {
    const thread = this.#threads.get(id) ?? []
    this.#threads.set(id, thread)
    return thread
  }

  /** The other side writes. */
  say(id: string): void {
    this.#store(message(id, this.thread(id).length + 1, 'other'))
  }

  request<E extends AnsweredEvent>(event: E, payload: PayloadOf<E>, timeoutMs: number): Promise<AnswerOf<E>> {
    return new Promise((resolve, reject) => {
      if (!this.#online) return reject(noAnswer())
      const { kind, ms } = this.faults.request.shift() ?? { kind: null, ms: 0 }
      const lose = () => {
        clearTimeout(timer)
        this.#unanswered.delete(lose)
        reject(noAnswer())
      }
      const timer = setTimeout(lose, timeoutMs)
      this.#unanswered.add(lose)
      const arrive = () => {
        const answer = kind === 'refused' ? refusal : this.#answer(event, payload)
        if (kind !== 'answer lost') setTimeout(() => back(answer), HOP_MS + (kind === 'late answer' ? ms : 0))
      }
      const back = (answer: object) => {
        if (!this.#unanswered.delete(lose)) return
        clearTimeout(timer)
        resolve(answer as AnswerOf<E>)
      }
      if (kind !== 'lost') setTimeout(arrive, HOP_MS + (kind === 'late' ? ms : 0))
    })
  }

  /** Over HTTP: a late page is as old as it is late. */
  readonly history = (id: string, range: { before?: number; limit: number }): Promise<MessagePage> => {
    const { kind, ms } = this.faults.page.shift() ?? { kind: null, ms: 0 }
    const older = this.thread(id).slice(0, (range.before ?? Number.POSITIVE_INFINITY) - 1)
    const page = { items: older.slice(-PAGE), hasMore: older.length > PAGE }
    if (page.hasMore) this.cut.add(id)
    const failed = kind === 'lost' || !this.#online
    return new Promise((resolve, reject) => {
      setTimeout(() => (failed ? reject(noAnswer()) : resolve(page)), HOP_MS + (kind === 'late' ? ms : 0))
    })
  }

  #answer(event: AnsweredEvent, payload: unknown): object {
    if (event === 'message:send') return { ok: true, message: this.#accept(payload as SendInput) }
    const { cursors } = payload as PayloadOf<'conversation:sync'>
    return { ok: true, conversations: Object.entries(cursors).map(([id, cursor]) => this.#missed(id, cursor)) }
  }

  /** The same send again is the same message. */
  #accept({ conversationId = '', clientId, kind, body }: SendInput): Message {
    const thread = this.thread(conversationId)
    const known = thread.find((each) => each.clientId === clientId)
    if (known) return known
    const base = message(conversationId, thread.length + 1, 'me')
    return this.#store({ ...base, clientId, kind, body } as Message)
  }

  #store(stored: Message): Message {
    this.thread(stored.conversationId).push(stored)
    const { kind, ms } = this.faults.push.shift() ?? { kind: null, ms: 0 }
    if (kind === 'lost') return stored
    if (kind !== 'late') this.#push(stored, HOP_MS)
    if (kind === 'late' || kind === 'doubled') this.#push(stored, HOP_MS + ms)
    return stored
  }

  #push(pushed: Message, afterMs: number): void {
    const connection = this.#connection
    setTimeout(() => {
      if (!this.#online || connection !== this.#connection) return
      this.#listeners.get('message:new')?.({ message: pushed } as never)
    }, afterMs)
  }

  #missed(id: string, cursor: number): SyncedConversation {
    const messages = this.thread(id).slice(cursor)
    const known = { id, head: this.thread(id).length, participants: [] }
    if (messages.length <= SYNC_MESSAGES) return { ...known, messages }
    this.cut.add(id)
    return { ...known, reset: true }
  }
}

const refusal = { ok: false, error: { code: 'unavailable', message: 'busy', retryable: true } }
