import type {
  AgentStatus,
  Message,
  MessageContent,
  ParticipantState,
  SendInput,
  SyncedConversation,
} from '@waggle/shared'
import { uuidv7 } from '@waggle/shared/uuid'
import { CatchUp } from './catch-up.ts'
import { Conversation, isHidden, outgoing } from './conversation.ts'
import { Emitter, Signal } from './emitter.ts'
import { Outbox } from './outbox.ts'
import { RequestError } from './request-error.ts'
import { socketTransport } from './socket-transport.ts'
import type { ConnectionState, Transport } from './transport.ts'
import type {
  ClientEvents,
  ClientOptions,
  ClientSnapshot,
  ConversationStore,
  SendRequest,
  ShownMessage,
  WaggleClient,
} from './types.ts'

const ANSWER_MS = 8_000
/** Between two reports of what has arrived, milliseconds: a tick that late is not noticed. */
const DELIVERED_MS = 200

/**
 * A client that connects at once and keeps itself connected: nothing that was sent is lost or doubled,
 * nothing that was missed stays missing, and every conversation is in order.
 */
export function createWaggleClient(options: ClientOptions): WaggleClient {
  return new Client(options)
}

class Client extends Signal implements WaggleClient {
  readonly #options: ClientOptions
  readonly #transport: Transport
  readonly #outbox: Outbox
  readonly #catchUp: CatchUp
  readonly #conversations = new Map<string, Conversation>()
  readonly #events = new Emitter<ClientEvents>()
  /** Delivered marks to send, the highest per conversation; and read marks that no server has heard yet. */
  readonly #deliveredMarks = new Map<string, number>()
  readonly #readMarks = new Map<string, number>()
  #snapshot: ClientSnapshot
  #deliveredTimer: ReturnType<typeof setTimeout> | undefined
  #viewing: string | null = null
  #wasOnline = false
  readonly #wake = () => this.#transport.wake()

  constructor(options: ClientOptions) {
    super()
    this.#options = options
    const random = options.random ?? Math.random
    this.#transport = options.transport ?? socketTransport({ ...options, random })
    this.#snapshot = { connection: 'connecting', retryAt: null, pending: 0 }
    this.#outbox = new Outbox({
      request: (input, timeoutMs) => this.#transport.request('message:send', input, timeoutMs),
      isOnline: () => this.#snapshot.connection === 'online',
      renew: () => this.#transport.renew(),
      onAccepted: (message, lane) => {
        // Shown since it was typed, without a conversation; it must not vanish until the first page is there.
        if (lane === '') this.#conversation(message.conversationId).keep()
        this.#receive(message)
      },
      onChange: (lane) => this.#outboxChanged(lane),
      maxInFlight: options.maxInFlight ?? 1,
      random,
      storage: options.storage,
      storageKey: `waggle.outbox.${options.self.id}`,
    })
    this.#catchUp = new CatchUp({
      transport: this.#transport,
      conversations: () => this.#conversations.values(),
      onSynced: (synced, asked) => this.#synced(synced, asked),
      random,
    })
    this.#change({ pending: this.#outbox.pending })
    this.#listen()
    globalThis.addEventListener?.('online', this.#wake)
    this.#transport.connect()
  }

  readonly getSnapshot = (): ClientSnapshot => this.#snapshot

  conversation(id: string): ConversationStore {
    return this.#conversation(id)
  }

  unplaced(): readonly ShownMessage[] {
    return this.#outbox.entries('').map((entry) => outgoing(entry, this.#options.self))
  }

  send(request: SendRequest): { clientId: string; done: Promise<Message> } {
    const clientId = request.clientId ?? uuidv7()
    const done = this.#outbox.add({ ...request, clientId } as SendInput)
    // A screen shows the failed bubble; whoever wants the reason waits for `done`.
    done.catch(() => {})
    if (request.conversationId !== undefined) this.#conversation(request.conversationId).typing(false)
    return { clientId, done }
  }

  retry(clientId: string): void {
    this.#outbox.retry(clientId)
  }

  discard(clientId: string): MessageContent | null {
    const input = this.#outbox.discard(clientId)
    return input && ({ kind: input.kind, body: input.body } as MessageContent)
  }

  viewing(conversationId: string | null): void {
    if (this.#viewing === conversationId) return
    this.#viewing = conversationId
    this.#tellViewing()
  }

  async setStatus(status: Exclude<AgentStatus, 'offline'>): Promise<void> {
    const answer = await this.#transport.request('agent:status', { status }, ANSWER_MS)
    if (!answer.ok) throw new RequestError(answer.error)
  }

  track(conversationId: string, head: number, participants: readonly ParticipantState[] = []): void {
    const conversation = this.#conversation(conversationId)
    for (const mark of participants) conversation.mark(mark)
    conversation.timeline.start(head)
    conversation.timeline.noteHead(head)
    this.#repair(conversation)
  }

  on<E extends keyof ClientEvents>(event: E, listener: (payload: ClientEvents[E]) => void): () => void {
    return this.#events.on(event, listener)
  }

  connect(): void {
    this.#transport.connect()
  }

  close(): void {
    globalThis.removeEventListener?.('online', this.#wake)
    this.#catchUp.offline()
    this.#outbox.close()
    clearTimeout(this.#deliveredTimer)
    this.#deliveredTimer = undefined
    for (const conversation of this.#conversations.values()) conversation.forgetLive()
    this.#transport.disconnect()
  }

  #listen(): void {
    const transport = this.#transport
    transport.onState((connection, retryAt) => this.#stateChanged(connection, retryAt))
    transport.onPush('message:new', ({ message }) => this.#receive(message))
    transport.onPush('message:updated', ({ message }) => {
      const conversation = this.#conversation(message.conversationId)
      this.#announce(conversation, conversation.timeline.update(message))
      conversation.changed()
    })
    transport.onPush('conversation:updated', ({ conversation: state }) => {
      const conversation = this.#conversation(state.id)
      if (!conversation.timeline.known && !conversation.kept) conversation.timeline.start(state.head)
      conversation.timeline.noteHead(state.head)
      for (const mark of state.participants) conversation.mark(mark)
      this.#events.emit('conversation', { conversation: state })
      this.#repair(conversation)
    })
    transport.onPush('receipt:updated', (receipt) => {
      this.#conversations.get(receipt.conversationId)?.mark(receipt)
      this.#events.emit('receipt', receipt)
    })
    transport.onPush('conversation:typing', ({ conversationId, participant, on }) =>
      this.#conversations.get(conversationId)?.typist(participant, on),
    )
    transport.onPush('conversation:viewing', ({ conversationId, agent, on }) =>
      this.#conversation(conversationId).viewer(agent, on),
    )
    transport.onPush('agent:presence', (event) => this.#events.emit('presence', event))
    transport.onPush('sync:required', ({ retryInMs }) => this.#catchUp.all(retryInMs))
  }

  #stateChanged(connection: ConnectionState, retryAt: number | null): void {
    const wasOnline = this.#snapshot.connection === 'online'
    this.#change({ connection, retryAt })
    if (connection === 'online') void this.#online()
    else if (wasOnline) {
      this.#catchUp.offline()
      for (const conversation of this.#conversations.values()) conversation.forgetLive()
    }
  }

  async #online(): Promise<void> {
    const again = this.#wasOnline
    this.#wasOnline = true
    if (this.#viewing !== null) this.#tellViewing()
    for (const [id, seq] of this.#readMarks) this.#sendRead(id, seq)
    // Both at once: what was missed does not hold back what waits to be sent.
    this.#outbox.resume()
    await this.#catchUp.online()
    if (again) this.#events.emit('conversations-stale', {})
  }

  /** A message by any way: pushed, caught up, or the answer to one's own send. */
  #receive(message: Message): void {
    // Once it is out of the outbox this is called again, with nothing left to take out.
    if (message.sender.id === this.#options.self.id && this.#outbox.arrived(message)) return
    const conversation = this.#conversation(message.conversationId)
    const fresh = conversation.timeline.insert(message)
    conversation.typist(message.sender, false)
    conversation.changed()
    this.#announce(conversation, fresh)
    // Sent again because the ack got lost: without another one it would be sent for ever. [DLV2]
    const repeated = fresh.length === 0 && message.seq <= conversation.timeline.applied
    if (repeated && message.sender.id !== this.#options.self.id) this.#delivered(conversation.id, message.seq)
    this.#repair(conversation)
  }

  #synced(synced: SyncedConversation, asked: boolean): void {
    const conversation = this.#conversation(synced.id)
    const { timeline } = conversation
    for (const mark of synced.participants) conversation.mark(mark)
    timeline.noteHead(synced.head)
    // Where only a gap in another one was asked about, a jump to this head would leave out what is on its way.
    const jump = 'reset' in synced && (asked || !timeline.known)
    if (jump) {
      this.#announce(conversation, timeline.reset(synced.head))
      if (conversation.kept) void conversation.open()
    } else if ('messages' in synced) {
      for (const message of synced.messages) {
        if (message.sender.id === this.#options.self.id) this.#outbox.arrived(message)
        this.#announce(conversation, timeline.insert(message))
      }
    }
    conversation.changed()
  }

  /** A page may bring what no push did, own sends whose answer was lost, and a hole before what was pushed. */
  #paged(conversation: Conversation, items: readonly Message[], fresh: readonly Message[]): void {
    this.#announce(conversation, fresh)
    for (const message of items) if (message.sender.id === this.#options.self.id) this.#outbox.arrived(message)
    this.#repair(conversation)
  }

  #announce(conversation: Conversation, fresh: readonly Message[]): void {
    let theirs = 0
    for (const message of fresh) {
      if (message.sender.id !== this.#options.self.id) theirs = message.seq
      if (!isHidden(message)) this.#events.emit('message', { message })
    }
    if (theirs > 0) this.#delivered(conversation.id, theirs)
  }

  /**
   * Marks are cumulative: the first is sent at once, those that follow closely together. A tick in a
   * quiet chat is immediate, a busy one does not pay for a mark per message.
   */
  #delivered(conversationId: string, seq: number): void {
    this.#deliveredMarks.set(conversationId, Math.max(seq, this.#deliveredMarks.get(conversationId) ?? 0))
    if (this.#deliveredTimer !== undefined) return
    queueMicrotask(() => this.#sendDelivered())
    this.#pauseDelivered()
  }

  #pauseDelivered(): void {
    this.#deliveredTimer = setTimeout(() => {
      this.#deliveredTimer = undefined
      if (this.#deliveredMarks.size === 0) return
      this.#sendDelivered()
      this.#pauseDelivered()
    }, DELIVERED_MS)
  }

  #sendDelivered(): void {
    for (const [conversationId, seq] of this.#deliveredMarks) {
      this.#transport.send('message:ack', { conversationId, seq })
    }
    this.#deliveredMarks.clear()
  }

  #repair(conversation: Conversation): void {
    if (conversation.timeline.gap) this.#catchUp.fill(conversation)
  }

  #sendRead(conversationId: string, seq: number): void {
    this.#readMarks.set(conversationId, seq)
    this.#transport.request('conversation:read', { conversationId, seq }, ANSWER_MS).then(
      () => {
        if (this.#readMarks.get(conversationId) === seq) this.#readMarks.delete(conversationId)
      },
      // Kept for the next connection.
      () => {},
    )
  }

  #tellViewing(): void {
    this.#transport.request('conversation:viewing', { conversationId: this.#viewing }, ANSWER_MS).catch(() => {})
  }

  #conversation(id: string): Conversation {
    const known = this.#conversations.get(id)
    if (known) return known
    const conversation = new Conversation(id, {
      self: this.#options.self,
      history: this.#options.history,
      onPage: (items, fresh) => this.#paged(conversation, items, fresh),
      outbox: (lane) => this.#outbox.entries(lane),
      sendRead: (conversationId, seq) => this.#sendRead(conversationId, seq),
      sendTyping: (conversationId, on) => this.#transport.send('conversation:typing', { conversationId, on }),
    })
    this.#conversations.set(id, conversation)
    return conversation
  }

  #outboxChanged(lane: string): void {
    if (lane !== '') this.#conversations.get(lane)?.changed()
    this.#change({ pending: this.#outbox.pending })
  }

  #change(change: Partial<ClientSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change }
    this.notify()
  }
}
