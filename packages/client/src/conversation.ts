import type { AgentSummary, Message, MessageContent, ParticipantState, Sender, SendInput } from '@waggle/shared'
import { Signal } from './emitter.ts'
import type { OutboxEntry } from './outbox.ts'
import { mergeMark, type Reach, reachOf, tickAt } from './receipts.ts'
import { RequestError } from './request-error.ts'
import { Timeline } from './timeline.ts'
import type { ClientOptions, ConversationSnapshot, ConversationStore, Self, ShownMessage } from './types.ts'
import { TypingSender, Typists } from './typing.ts'

/** Messages of one page of history. */
const PAGE = 50

export interface ConversationDependencies {
  self: Self
  history: ClientOptions['history']
  /** A page was taken in; `fresh`: those of it, and those it let follow, that are new to this client. */
  onPage(items: readonly Message[], fresh: readonly Message[]): void
  outbox(conversationId: string): readonly OutboxEntry[]
  sendRead(conversationId: string, seq: number): void
  sendTyping(conversationId: string, on: boolean): void
}

type ShownBySeq = Map<number, { message: Message; shown: ShownMessage }>

/** One conversation as this client knows it: the timeline, the marks, who is there, and what is on its way out. */
export class Conversation extends Signal implements ConversationStore {
  readonly id: string
  readonly timeline = new Timeline()
  readonly #deps: ConversationDependencies
  readonly #marks = new Map<string, ParticipantState>()
  readonly #viewers = new Map<string, AgentSummary>()
  readonly #typists = new Typists(() => this.changed())
  readonly #typing: TypingSender
  /** Shown messages by seq: a message that did not change keeps its object, so that its row is not drawn again. */
  #shown: ShownBySeq = new Map()
  #snapshot: ConversationSnapshot | null = null
  #loading: Promise<void> | null = null
  #loadingOlder: Promise<void> | null = null
  #loadError: RequestError | null = null
  #kept = false

  constructor(id: string, deps: ConversationDependencies) {
    super()
    this.id = id
    this.#deps = deps
    this.#typing = new TypingSender((on) => deps.sendTyping(id, on))
  }

  /** Somebody looks at it: messages are kept, not only counted. */
  get kept(): boolean {
    return this.#kept
  }

  keep(): void {
    if (this.#kept) return
    this.#kept = true
    this.timeline.keep()
  }

  changed(): void {
    this.#snapshot = null
    this.notify()
  }

  readonly getSnapshot = (): ConversationSnapshot => {
    this.#snapshot ??= this.#build()
    return this.#snapshot
  }

  readonly open = (): Promise<void> => {
    this.keep()
    if (this.timeline.messages.length > 0 && this.#loadError === null) return Promise.resolve()
    this.#loading ??= this.#page({ limit: PAGE }, (items, hasMore) => this.timeline.newest(items, hasMore)).finally(
      () => {
        this.#loading = null
        this.changed()
      },
    )
    this.changed()
    return this.#loading
  }

  readonly loadOlder = (): Promise<void> => {
    if (!this.timeline.hasOlder && this.#loadError === null) return Promise.resolve()
    if (this.timeline.messages.length === 0) return this.open()
    const { floor } = this.timeline
    this.#loadingOlder ??= this.#page({ before: floor + 1, limit: PAGE }, (items, hasMore) => {
      this.timeline.older(floor, items, hasMore)
      return []
    }).finally(() => {
      this.#loadingOlder = null
      this.changed()
    })
    this.changed()
    return this.#loadingOlder
  }

  readonly markRead = (seq: number): void => {
    if (seq <= this.readSeq) return
    const { id, kind } = this.#deps.self
    this.mark({ participantId: id, kind, deliveredSeq: seq, readSeq: seq })
    this.#deps.sendRead(this.id, seq)
  }

  readonly typing = (on: boolean): void => this.#typing.set(on)

  get readSeq(): number {
    return this.#marks.get(this.#deps.self.id)?.readSeq ?? 0
  }

  mark(state: ParticipantState): void {
    if (mergeMark(this.#marks, state)) this.changed()
  }

  typist(sender: Sender, on: boolean): void {
    if (sender.id !== this.#deps.self.id) this.#typists.set(sender, on)
  }

  viewer(agent: AgentSummary, on: boolean): void {
    if (agent.id === this.#deps.self.id) return
    if (on) this.#viewers.set(agent.id, agent)
    else this.#viewers.delete(agent.id)
    this.changed()
  }

  /** The connection was lost: who typed or looked is not known any more. */
  forgetLive(): void {
    this.#typists.clear()
    this.#viewers.clear()
    this.changed()
  }

  async #page(
    range: { before?: number; limit: number },
    insert: (items: Message[], hasMore: boolean) => Message[],
  ): Promise<void> {
    const { history } = this.#deps
    if (!history) return
    try {
      const { items, hasMore } = await history(this.id, range)
      this.#loadError = null
      this.#deps.onPage(items, insert(items, hasMore))
    } catch (error) {
      const { code = 'unavailable', message = 'The history could not be loaded' } = error as Partial<RequestError>
      this.#loadError = error instanceof RequestError ? error : new RequestError({ code, message, retryable: true })
    }
  }

  #build(): ConversationSnapshot {
    const { self } = this.#deps
    const reach = reachOf(this.#marks.values(), self.kind)
    const messages: ShownMessage[] = []
    const shown: ShownBySeq = new Map()
    for (const message of [...this.timeline.messages, ...this.timeline.held]) {
      if (isHidden(message)) continue
      const next = this.#show(message, reach)
      shown.set(message.seq, { message, shown: next })
      messages.push(next)
    }
    this.#shown = shown
    for (const entry of this.#deps.outbox(this.id)) messages.push(outgoing(entry, self))
    return {
      messages,
      loading: this.#loading !== null && this.timeline.messages.length === 0,
      loadingOlder: this.#loadingOlder !== null,
      loadError: this.#loadError,
      hasOlder: this.timeline.hasOlder,
      participants: [...this.#marks.values()],
      typing: this.#typists.all,
      viewers: [...this.#viewers.values()],
      readSeq: this.readSeq,
      head: this.timeline.head,
    }
  }

  #show(message: Message, reach: Reach): ShownMessage {
    const mine = message.sender.id === this.#deps.self.id
    const tick = mine ? tickAt(message.seq, reach) : 'sent'
    const known = this.#shown.get(message.seq)
    if (known && known.message === message && known.shown.tick === tick) return known.shown
    const { clientId, seq, id, conversationId, sender, createdAt, kind, body, moderation } = message
    return {
      clientId,
      seq,
      id,
      conversationId,
      sender,
      content: { kind, body } as MessageContent,
      createdAt,
      mine,
      tick,
      error: null,
      ...(moderation ? { moderation } : {}),
    }
  }
}

/** The place of a note in a traveler's thread: uses up its seq and shows nothing. */
export function isHidden(message: Message): boolean {
  return message.kind === 'event' && message.body.event === 'hidden'
}

const entries = new WeakMap<OutboxEntry, { error: RequestError | null; shown: ShownMessage }>()

/** A message in the outbox, as a bubble. */
export function outgoing(entry: OutboxEntry, self: Self): ShownMessage {
  const known = entries.get(entry)
  if (known && known.error === entry.error) return known.shown
  const { clientId, conversationId, kind, body }: SendInput = entry.input
  const shown: ShownMessage = {
    clientId,
    seq: null,
    id: null,
    conversationId: conversationId ?? null,
    sender: { kind: self.kind, id: self.id, name: self.name },
    content: { kind, body } as MessageContent,
    createdAt: entry.createdAt,
    mine: true,
    tick: entry.error ? 'failed' : 'pending',
    error: entry.error,
  }
  entries.set(entry, { error: entry.error, shown })
  return shown
}
