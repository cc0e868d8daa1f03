/**
 * What the business layer needs from outside, as the few functions it calls. `packages/database`
 * implements the stores, `apps/realtime` the rest. Every function that reads or writes tenant
 * data takes the merchant first and never returns another merchant's row. [TEN1]
 */
import type {
  AgentStatus,
  AgentSummary,
  CardBody,
  Conversation,
  ConversationView,
  InboxConversation,
  Message,
  MessageContent,
  ModerationMark,
  ParticipantState,
  ReceiptUpdate,
  Sender,
  SyncedConversation,
} from '@waggle/shared'

/** A message ready to be written: decoded, authorized, moderated. */
export type MessageDraft = MessageContent & {
  merchantId: string
  conversationId: string
  clientId: string
  sender: Sender
  moderation?: ModerationMark
}

/** Who is in a conversation: whom a message of it is dispatched to. */
export interface Audience {
  travelerId: string
  /** Assignee first, then the agents who wrote here. */
  agentIds: string[]
  assigned: boolean
  /** An agent who is not in it may have it open. */
  watched: boolean
}

export interface Persisted {
  message: Message
  /** The same send was there already; nothing was written. [SEND1] */
  repeat: boolean
  /** The traveler's message opened a conversation that was resolved or snoozed. */
  reopened: boolean
  audience: Audience
}

export interface MessageStore {
  /**
   * Group commit: resolves after the row is flushed. [SEND2]
   * @throws WaggleError `not_found` when the sender has no right to the conversation or there is none.
   * @throws WaggleError `unavailable` when the database does not answer in time.
   */
  append(draft: MessageDraft): Promise<Persisted>
  /** An earlier send of this sender with this clientId, in any conversation. */
  findSent(
    merchantId: string,
    senderId: string,
    clientId: string,
  ): Promise<{ message: Message; audience: Audience } | null>
  /** By rising seq. @throws WaggleError `not_found` when the viewer may not see the conversation. */
  page(
    viewer: Viewer,
    conversationId: string,
    range: { before?: number; after?: number; limit: number },
  ): Promise<{ items: Message[]; hasMore: boolean }>
}

/** Who asks. A traveler sees their own conversations, an agent all of the merchant. */
export interface Viewer {
  merchantId: string
  kind: 'traveler' | 'agent' | 'partner'
  id: string
}

export interface Assigned {
  conversationId: string
  agentId: string
}

export interface ConversationStore {
  /** Null when there is none or the viewer may not see it. */
  find(viewer: Viewer, conversationId: string): Promise<Conversation | null>
  audience(viewer: Viewer, conversationId: string): Promise<Audience | null>
  /** From now on, for so many hours, the audience says `watched`. */
  watch(merchantId: string, conversationId: string, hours: number): Promise<void>
  list(
    viewer: Viewer,
    query: { view: ConversationView; limit: number; cursor?: string },
  ): Promise<{ items: InboxConversation[]; nextCursor: string | null }>
  /**
   * The traveler's conversation that is not resolved, else a new one, given in the same
   * transaction to the online agent of `candidates` with the fewest open conversations.
   * Two calls at once get the same conversation.
   */
  open(
    merchantId: string,
    travelerId: string,
    options: { candidates: string[]; subject?: CardBody },
  ): Promise<{ conversationId: string; opened: boolean }>
  /** Gives waiting conversations, oldest first, to the candidates whose status is online; atomic per merchant. */
  assignWaiting(merchantId: string, candidates: string[]): Promise<Assigned[]>
  /**
   * `claim`: for oneself. Somebody else's conversation is not taken over.
   * @throws WaggleError `not_found`; `conflict` with the name of the agent who has it.
   */
  claim(merchantId: string, conversationId: string, agentId: string): Promise<void>
  /** @throws WaggleError `not_found` for the conversation, `invalid_input` on `agentId` when no such agent. */
  assign(merchantId: string, conversationId: string, agentId: string, reason: string): Promise<void>
  /** @returns whether it changed. @throws WaggleError `not_found`. */
  setStatus(merchantId: string, conversationId: string, status: 'open' | 'resolved'): Promise<boolean>
  /**
   * What was missed, for every conversation of `cursors` the viewer may see, and for those of theirs
   * that are not in `cursors` but changed: as `reset`. [DLV4]
   */
  sync(viewer: Viewer, cursors: Record<string, number>): Promise<SyncedConversation[]>
}

/** A delivered or read mark of one person; only ever moves up. */
export interface Mark {
  merchantId: string
  conversationId: string
  participantId: string
  kind: 'traveler' | 'agent'
  deliveredSeq: number
  readSeq: number
}
export interface ReceiptStore {
  /**
   * Writes many marks in one statement, ignores those of people without a right to the conversation,
   * caps them at the head, and returns those that moved with whom to tell.
   */
  advance(marks: Mark[]): Promise<{ merchantId: string; update: ReceiptUpdate; audience: Audience }[]>
}

export interface EventFeed {
  /**
   * Rows after the cursor that no running transaction can still come before. `cursor` null starts
   * at the beginning. Long-polling stands above this.
   * @throws WaggleError `invalid_input` on `after` for a cursor that this store did not give out.
   */
  read(
    viewer: Viewer,
    cursor: string | null,
    limit: number,
  ): Promise<{ items: import('@waggle/shared').FeedEvent[]; next: string }>
  /** Cursor of the newest row that may be read; changes when there is something to read. Cheap. */
  end(merchantId: string): Promise<string>
}

export interface WordRow {
  id: string
  merchantId: string
  text: string
  normalized: string
  action: 'block' | 'mask' | 'review'
  direction: 'both' | 'traveler-to-agent' | 'agent-to-traveler'
  createdBy: string
  createdAt: string
}
export interface WordStore {
  /** Version of every merchant's list: one small query, polled by each node. */
  versions(): Promise<Map<string, number>>
  load(merchantId: string): Promise<{ words: WordRow[]; version: number }>
  /** Each change raises the merchant's version and writes an audit row, in one transaction. */
  add(merchantId: string, actorId: string, word: Omit<WordRow, 'createdAt' | 'merchantId' | 'id'>): Promise<WordRow>
  change(
    merchantId: string,
    actorId: string,
    wordId: string,
    patch: Partial<Pick<WordRow, 'action' | 'direction'>>,
  ): Promise<WordRow>
  remove(merchantId: string, actorId: string, wordId: string): Promise<void>
  recordHit(hit: {
    merchantId: string
    conversationId: string | null
    senderId: string
    action: 'block' | 'mask' | 'review'
    words: string[]
    text: string
  }): Promise<void>
}

export interface MerchantRow {
  id: string
  key: string
  name: string
  color: string
  greeting: string
  identitySecret: string
  allowedOrigins: string[]
  demo: boolean
}
export interface TravelerRow {
  id: string
  merchantId: string
  name: string
  locale: string
  externalId?: string
  /** Degrees on the colour wheel, the same for the same person everywhere. */
  avatarHue: number
}
export interface DirectoryStore {
  merchantByKey(key: string): Promise<MerchantRow | null>
  merchant(merchantId: string): Promise<MerchantRow | null>
  createTraveler(merchantId: string, traveler: { name: string; locale: string }): Promise<TravelerRow>
  /** Finds by the merchant's own id or creates; a name is taken over when given. */
  upsertTraveler(
    merchantId: string,
    externalId: string,
    traveler: { name?: string; locale?: string },
  ): Promise<TravelerRow>
  traveler(merchantId: string, travelerId: string): Promise<TravelerRow | null>
  agents(
    merchantId: string,
  ): Promise<(AgentSummary & { status: AgentStatus; role: string; openConversations: number })[]>
  /** The status this person chose; `offline` is never stored. */
  membership(merchantId: string, userId: string): Promise<{ role: string; status: AgentStatus; name: string } | null>
  setAgentStatus(merchantId: string, userId: string, status: 'online' | 'busy' | 'away'): Promise<void>
  apiKey(keyHash: string): Promise<{ id: string; merchantId: string; name: string; scopes: string[] } | null>
}

/** What the console's cookie stands for. */
export interface SignedIn {
  userId: string
  merchantId: string
  name: string
  email: string
  role: string
  status: AgentStatus
  platformAdmin: boolean
}
export interface SignInStore {
  /** Null for an unknown e-mail or a wrong password, in the same time for both. */
  verifyPassword(email: string, password: string): Promise<{ userId: string } | null>
  merchantsOf(userId: string): Promise<{ id: string; name: string; key: string }[]>
  /** Stores the SHA-256 of the token. */
  createSession(tokenHash: string, userId: string, merchantId: string, expiresAt: Date): Promise<void>
  session(tokenHash: string): Promise<SignedIn | null>
  switchMerchant(tokenHash: string, merchantId: string): Promise<boolean>
  endSession(tokenHash: string): Promise<void>
}

export interface AttachmentRow {
  id: string
  merchantId: string
  uploaderId: string
  conversationId: string | null
  name: string
  mime: string
  size: number
  width?: number
  height?: number
}
export interface AttachmentStore {
  save(attachment: Omit<AttachmentRow, 'conversationId'> & { bytes: Uint8Array }): Promise<void>
  find(merchantId: string, attachmentId: string): Promise<AttachmentRow | null>
  bytes(merchantId: string, attachmentId: string): Promise<Uint8Array | null>
  /** Ties an uploader's free attachment to the conversation it is sent to. @returns false when it is not theirs. */
  attach(merchantId: string, attachmentId: string, uploaderId: string, conversationId: string): Promise<boolean>
}

/** Who is connected; Redis or memory. */
export interface Presence {
  /** User ids of the merchant's agents with at least one living connection. */
  connectedAgents(merchantId: string): Promise<string[]>
}

export interface Stores {
  messages: MessageStore
  conversations: ConversationStore
  receipts: ReceiptStore
  events: EventFeed
  words: WordStore
  directory: DirectoryStore
  signIn: SignInStore
  attachments: AttachmentStore
}

export type { ParticipantState }
