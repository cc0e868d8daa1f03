import type {
  AgentStatus,
  AgentSummary,
  Conversation,
  Message,
  MessageContent,
  MessagePage,
  ParticipantState,
  Platform,
  ReceiptUpdate,
  Sender,
} from '@waggle/shared'
import type { Tick } from './receipts.ts'
import type { RequestError } from './request-error.ts'
import type { ConnectionState, Transport } from './transport.ts'

/** Who this client speaks as; the server decides by the token, this is for optimistic bubbles and ticks. */
export interface Self {
  kind: 'traveler' | 'agent'
  id: string
  name: string
}

/** Keeps the outbox over a reload. `localStorage` fits. */
export interface OutboxStorage {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

export interface ClientOptions {
  /** Origin of the realtime service. */
  url: string
  /** Asked before every attempt to connect. A rejection with `code: 'unauthenticated'` signs out. */
  getToken: () => Promise<string>
  platform: Platform
  self: Self
  /** Pages of history over HTTP. Without it only what is pushed or caught up is known. */
  history?: (conversationId: string, range: { before?: number; limit: number }) => Promise<MessagePage>
  storage?: OutboxStorage
  /** Sends of one conversation on the way at once; 1 keeps the order of sending whatever happens. */
  maxInFlight?: number
  /** For tests. */
  transport?: Transport
  random?: () => number
}

export interface ClientSnapshot {
  connection: ConnectionState
  /** Unix milliseconds of the next attempt, when one is planned. */
  retryAt: number | null
  /** Sends without an answer yet, in all conversations. */
  pending: number
}

/** A message as a screen shows it: accepted, or still in the outbox (`seq` is null). */
export interface ShownMessage {
  /** Stays the same from the first keystroke of its life to the end: key of the list. */
  clientId: string
  seq: number | null
  id: string | null
  conversationId: string | null
  sender: Sender
  content: MessageContent
  createdAt: string
  /** Sent by this person, on whichever device. */
  mine: boolean
  /** For others' messages always `sent`. */
  tick: Tick
  /** Why it failed, when `tick` is `failed`. */
  error: RequestError | null
  moderation?: Message['moderation']
}

export interface TypingParticipant {
  participant: Sender
}

export interface ConversationSnapshot {
  /** Hidden placeholders are left out. By rising seq, then the outbox in the order of sending. */
  messages: readonly ShownMessage[]
  /** Nothing is known yet: show a skeleton. */
  loading: boolean
  loadingOlder: boolean
  /** Loading failed; `open` or `loadOlder` tries again. */
  loadError: RequestError | null
  hasOlder: boolean
  participants: readonly ParticipantState[]
  typing: readonly Sender[]
  /** Other agents who have this conversation open. */
  viewers: readonly AgentSummary[]
  /** This person's own read mark. */
  readSeq: number
  /** seq of the newest known message. */
  head: number
}

/** One conversation, kept up to date while somebody subscribes. Bound functions: fit for `useSyncExternalStore`. */
export interface ConversationStore {
  readonly id: string
  subscribe(listener: () => void): () => void
  getSnapshot(): ConversationSnapshot
  /** Loads the newest page if it is not there. Never rejects. */
  open(): Promise<void>
  /** Never rejects; see `loadError`. */
  loadOlder(): Promise<void>
  markRead(seq: number): void
  /** Call on every keystroke with `true`; sends at most one event in 3 s and `false` by itself after 5 s of silence. */
  typing(on: boolean): void
}

export type SendRequest = MessageContent & {
  /** A traveler may leave it out: the server finds or opens theirs. */
  conversationId?: string
  clientId?: string
  subject?: import('@waggle/shared').CardBody
}

export interface ClientEvents {
  /** New to this client, each exactly once, in order within a conversation; own ones from other devices too. */
  message: { message: Message }
  conversation: { conversation: Conversation }
  receipt: ReceiptUpdate
  presence: { agent: AgentSummary & { status: AgentStatus } }
  /** Connected again after a break: lists fetched over HTTP may be old. */
  'conversations-stale': Record<string, never>
}

/** The reliable client. [SEND1] [DLV3] [DLV4] [DLV5] */
export interface WaggleClient {
  subscribe(listener: () => void): () => void
  getSnapshot(): ClientSnapshot
  /** The same object for the same id. */
  conversation(id: string): ConversationStore
  /**
   * Sends that have no conversation yet (a traveler's first message), oldest first; once the server has
   * answered they move into that conversation. Same functions as a conversation's snapshot.
   */
  unplaced(): readonly ShownMessage[]
  /** Puts a message into the outbox. `done` resolves with the accepted message, rejects with RequestError when refused for good. */
  send(request: SendRequest): { clientId: string; done: Promise<Message> }
  /** Tries a failed send again, with the same clientId. [SEND1] */
  retry(clientId: string): void
  /** Takes a failed send out of the outbox. @returns its content, for the composer. */
  discard(clientId: string): MessageContent | null
  /** Tells colleagues which conversation is open; repeated by itself after a reconnect. */
  viewing(conversationId: string | null): void
  setStatus(status: 'online' | 'busy' | 'away'): Promise<void>
  /**
   * Starts to keep up with a conversation whose head is known from a list.
   * @param participants their marks from the same list: ticks and the own read mark are right at once.
   */
  track(conversationId: string, head: number, participants?: readonly ParticipantState[]): void
  on<E extends keyof ClientEvents>(event: E, listener: (payload: ClientEvents[E]) => void): () => void
  /** After `signed-out`. */
  connect(): void
  close(): void
}
