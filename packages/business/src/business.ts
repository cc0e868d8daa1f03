import { type Actor, decode, type Message, type SyncResult, schemas } from '@waggle/shared'
import { type AcceptDependencies, type Accepted, acceptMessage } from './accept-message.ts'
import { Agents } from './agents.ts'
import { Attachments } from './attachments.ts'
import { Conversations } from './conversations.ts'
import type { Deliver } from './deliveries.ts'
import { Events } from './events.ts'
import { Live } from './live.ts'
import { Partners } from './partners.ts'
import type { Presence, Stores } from './ports.ts'
import { Receipts } from './receipts.ts'
import { SignIn } from './sign-in.ts'
import { Tokens } from './tokens.ts'
import { WidgetSessions } from './widget-sessions.ts'
import { createWordLists } from './word-lists.ts'
import { Words } from './words.ts'

/**
 * What a worker asks of the business layer on behalf of a socket. Arguments and answers are plain
 * data, because a process that is only a worker asks over RPC; both ways pass one contract suite.
 * `input` is what the client sent, unchecked. Every function rejects with a WaggleError.
 */
export interface SocketBusiness {
  /** The actor behind a handshake token; no database is asked. */
  authenticate(token: string): Promise<Actor>
  /** The connection stands in the registry. */
  connected(actor: Actor): Promise<void>
  /** The connection left the registry. */
  disconnected(actor: Actor): Promise<void>
  sendMessage(actor: Actor, input: unknown, connectionId: string): Promise<{ message: Message }>
  markDelivered(actor: Actor, input: unknown): Promise<void>
  markRead(actor: Actor, input: unknown): Promise<void>
  typing(actor: Actor, input: unknown, connectionId: string): Promise<void>
  viewing(actor: Actor, conversationId: string, on: boolean, connectionId: string): Promise<void>
  sync(actor: Actor, input: unknown): Promise<SyncResult>
  setStatus(actor: Actor, input: unknown): Promise<void>
}

/** Every function of `SocketBusiness`, for whoever forwards them by name. */
export const socketMethods = [
  'authenticate',
  'connected',
  'disconnected',
  'sendMessage',
  'markDelivered',
  'markRead',
  'typing',
  'viewing',
  'sync',
  'setStatus',
] as const satisfies (keyof SocketBusiness)[]

/** The business layer: `socket` for the workers, the rest for the HTTP routes. */
export interface Business {
  socket: SocketBusiness
  acceptMessage(actor: Actor, input: unknown): Promise<Accepted>
  conversations: Conversations
  agents: Agents
  attachments: Attachments
  events: Events
  partners: Partners
  signIn: SignIn
  tokens: Tokens
  widgetSessions: WidgetSessions
  words: Words
  /** Finishes what is pending. */
  close(): Promise<void>
}

export interface BusinessOptions {
  stores: Stores
  presence: Presence
  deliver: Deliver
  /** Signs tokens; at least 32 bytes, the same on every node. */
  secret: string
  /** Something that nobody waits for went wrong. */
  onError(error: unknown): void
}

export function createBusiness({ stores, presence, deliver, secret, onError }: BusinessOptions): Business {
  const tokens = new Tokens(secret)
  const wordLists = createWordLists(stores.words, onError)
  const conversations = new Conversations(stores.conversations, stores.messages, presence, deliver)
  const agents = new Agents(stores.directory, presence, conversations, deliver)
  const receipts = new Receipts(stores.receipts, deliver, onError)
  const live = new Live(stores.conversations, deliver)
  const events = new Events(stores.events, onError)
  const accepting: AcceptDependencies = {
    messages: stores.messages,
    attachments: stores.attachments,
    words: stores.words,
    wordLists,
    conversations,
    deliver,
    onError,
  }

  const socket: SocketBusiness = {
    authenticate: (token) => tokens.verify(token),
    connected: (actor) => agents.connected(actor),
    disconnected: (actor) => agents.disconnected(actor),
    sendMessage: async (actor, input, connectionId) => {
      const { message } = await acceptMessage(accepting, actor, input, connectionId)
      return { message }
    },
    markDelivered: async (actor, input) => receipts.delivered(actor, input),
    markRead: (actor, input) => receipts.read(actor, input),
    typing: (actor, input, connectionId) => live.typing(actor, input, connectionId),
    viewing: (actor, conversationId, on, connectionId) => live.viewing(actor, conversationId, on, connectionId),
    sync: async (actor, input) => conversations.sync(actor, decode(schemas.syncInput, input).cursors),
    setStatus: (actor, input) => agents.setStatus(actor, input),
  }

  return {
    socket,
    acceptMessage: (actor, input) => acceptMessage(accepting, actor, input),
    conversations,
    agents,
    attachments: new Attachments(stores.attachments, stores.conversations),
    events,
    partners: new Partners(stores.directory),
    signIn: new SignIn(stores.signIn),
    tokens,
    widgetSessions: new WidgetSessions(stores.directory, tokens),
    words: new Words(stores.words, wordLists),
    close: async () => {
      wordLists.close()
      events.close()
      await receipts.close()
    },
  }
}
