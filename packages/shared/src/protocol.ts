/**
 * Wire protocol, version 1: one union per direction. Types only, so a browser bundle that
 * imports this file pays nothing for it. The runtime checks stand in `schemas.ts`.
 */
import type { ErrorCode } from './errors.ts'

export const PROTOCOL_VERSION = 1

export type Platform = 'web' | 'h5' | 'ios' | 'android' | 'windows' | 'http'
export type Role = 'traveler' | 'agent' | 'supervisor' | 'admin' | 'platform-admin' | 'partner'
export type SenderKind = 'traveler' | 'agent' | 'system' | 'partner'
export type ConversationStatus = 'open' | 'pending' | 'snoozed' | 'resolved'
export type AgentStatus = 'online' | 'busy' | 'away' | 'offline'

/** Who speaks, as the server sees it after a token was verified. Ids are UUIDv7. */
export interface Actor {
  kind: 'traveler' | 'agent' | 'partner'
  /** Traveler id, user id or API key id. */
  id: string
  merchantId: string
  role: Role
  name: string
}

export interface TextBody {
  text: string
}
export interface AttachmentBody {
  attachmentId: string
  name: string
  mime: string
  /** Bytes. */
  size: number
  /** Pixels, for images. */
  width?: number
  height?: number
  /** Caption. */
  text?: string
}
export interface CardBody {
  card: 'product' | 'order' | 'itinerary'
  id: string
  title: string
  subtitle?: string
  imageUrl?: string
  url?: string
  price?: string
  fields?: { label: string; value: string }[]
}
/**
 * Written by the server only: `assigned`, `resolved`, `reopened`. A traveler gets `hidden` in the
 * place of an agents' note: the seq is used up [SEND3], the client has no gap [DLV3], nothing shows.
 */
export interface EventBody {
  event: string
  data?: Record<string, string>
}
export interface CsatBody {
  score: number
  text?: string
}

export interface BodyOfKind {
  text: TextBody
  note: TextBody
  image: AttachmentBody
  file: AttachmentBody
  card: CardBody
  event: EventBody
  csat: CsatBody
}
export type MessageKind = keyof BodyOfKind
export type MessageContent = { [K in MessageKind]: { kind: K; body: BodyOfKind[K] } }[MessageKind]

export interface Sender {
  kind: SenderKind
  id: string
  name: string
}

/** What moderation did to a delivered message. A blocked one is never delivered. */
export interface ModerationMark {
  action: 'mask' | 'review'
}

interface MessageHead {
  id: string
  conversationId: string
  /** 1, 2, 3… per conversation, without gaps. [SEND3] */
  seq: number
  clientId: string
  sender: Sender
  /** ISO 8601, UTC, from the database's clock. */
  createdAt: string
  moderation?: ModerationMark
}
export type Message = MessageHead & MessageContent

export interface ParticipantState {
  participantId: string
  kind: 'traveler' | 'agent'
  deliveredSeq: number
  readSeq: number
}

export interface TravelerSummary {
  id: string
  name: string
  locale: string
  /** Set when the merchant vouched for them with a signed identity token. */
  externalId?: string
  avatarHue: number
}

export interface AgentSummary {
  id: string
  name: string
  status?: AgentStatus
}

export interface Conversation {
  id: string
  merchantId: string
  status: ConversationStatus
  traveler: TravelerSummary
  assignee: AgentSummary | null
  /** Why this assignee, in words a person can read. Null while waiting. */
  assignmentReason: string | null
  /** seq of the newest message; 0 when there is none. */
  head: number
  lastMessage: { seq: number; kind: MessageKind; preview: string; sender: Sender; createdAt: string } | null
  participants: ParticipantState[]
  /** What the traveler was looking at when they asked. */
  subject: CardBody | null
  createdAt: string
  updatedAt: string
}

/** As one person's list shows it. Not part of an event, because an event is the same for everybody. */
export interface InboxConversation extends Conversation {
  /** Messages of others that the one who asks has not read, at most 100. */
  unread: number
}

export type SendInput = {
  [K in MessageKind]: { conversationId?: string; clientId: string; kind: K; body: BodyOfKind[K]; subject?: CardBody }
}[MessageKind]

export interface SyncResult {
  conversations: SyncedConversation[]
}
/** Either all that was missed, or `reset`: page through history, the rest is too far. [DLV4] */
export type SyncedConversation =
  | { id: string; head: number; messages: Message[]; participants: ParticipantState[] }
  | { id: string; head: number; reset: true; participants: ParticipantState[] }

export interface ErrorBody {
  code: ErrorCode
  message: string
  retryable: boolean
  /** Seconds. */
  retryAfter?: number
  /** Dotted path of the field that was wrong. */
  field?: string
}
export type Ack<T = object> = ({ ok: true } & T) | { ok: false; error: ErrorBody }

export interface ClientToServer {
  'message:send': (input: SendInput, ack: (result: Ack<{ message: Message }>) => void) => void
  'message:ack': (input: { conversationId: string; seq: number }) => void
  'conversation:read': (input: { conversationId: string; seq: number }, ack: (result: Ack) => void) => void
  'conversation:typing': (input: { conversationId: string; on: boolean }) => void
  'conversation:viewing': (input: { conversationId: string | null }, ack: (result: Ack) => void) => void
  'conversation:sync': (input: { cursors: Record<string, number> }, ack: (result: Ack<SyncResult>) => void) => void
  'agent:status': (input: { status: 'online' | 'busy' | 'away' }, ack: (result: Ack) => void) => void
}

export interface ServerToClient {
  'message:new': (event: { message: Message }) => void
  'message:updated': (event: { message: Message }) => void
  'conversation:updated': (event: { conversation: Conversation }) => void
  'receipt:updated': (event: ReceiptUpdate) => void
  'conversation:typing': (event: { conversationId: string; participant: Sender; on: boolean }) => void
  'conversation:viewing': (event: { conversationId: string; agent: AgentSummary; on: boolean }) => void
  'agent:presence': (event: { agent: AgentSummary & { status: AgentStatus } }) => void
  'sync:required': (event: { reason: string; retryInMs: number }) => void
  'session:closing': (event: { reason: CloseReason; retryInMs: number }) => void
}
export interface ReceiptUpdate extends ParticipantState {
  conversationId: string
}

/** Why a connection ends. The client comes back by itself unless `final` is true. */
export const closeReasons = {
  'signed-out': { final: true },
  draining: { final: false },
  'slow-consumer': { final: false },
  'ack-timeout': { final: false },
  'token-expired': { final: false },
  suspended: { final: true },
  abuse: { final: true },
} as const satisfies Record<string, { final: boolean }>
export type CloseReason = keyof typeof closeReasons

/** Limits that both ends know, so that a client can refuse before it sends. */
export const limits = {
  /** Characters (UTF-16 code units) of one text: about six screens; a longer text is a file. */
  textLength: 5_000,
  /** Bytes of one Socket.IO frame; a text of the longest kind in Chinese is 15 KB. */
  frameBytes: 64 * 1024,
  /** Bytes of one uploaded file. */
  attachmentBytes: 10 * 1024 * 1024,
  /** Messages that a catch-up returns for one conversation before it says `reset`. */
  syncMessages: 200,
  /** Conversations in one `conversation:sync`. */
  syncConversations: 500,
  /** Messages on one page of history. */
  pageSize: 100,
} as const

/** What may be uploaded: MIME type to the message kind that carries it. */
export const attachmentTypes: Record<string, 'image' | 'file'> = {
  'image/jpeg': 'image',
  'image/png': 'image',
  'image/webp': 'image',
  'image/gif': 'image',
  'application/pdf': 'file',
  'text/plain': 'file',
}
