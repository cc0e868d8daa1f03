/**
 * What the HTTP API under `/v1` answers. Console, widget, partners' systems and tests read these;
 * the runtime schemas beside the routes of `apps/realtime` are checked against them.
 */
import type {
  AgentStatus,
  AgentSummary,
  CardBody,
  Conversation,
  InboxConversation,
  Message,
  Role,
  TravelerSummary,
} from './protocol.ts'

/** `GET /v1/me`, and the answer to `POST /v1/auth/login {email, password}` and `POST /v1/auth/switch {merchantId}`. */
export interface Me {
  user: { id: string; name: string; email: string }
  merchant: MerchantSummary
  role: Role
  status: AgentStatus
  /** Every merchant this person may work for; for a platform admin all of them. */
  merchants: MerchantSummary[]
}
export interface MerchantSummary {
  id: string
  name: string
  /** Public: stands in the embed snippet. */
  key: string
}

/** `POST /v1/auth/socket-token`: for the Socket.IO handshake, valid for a minute. */
export interface SocketToken {
  token: string
  /** Origin to connect to, as the browser sees it. */
  realtimeUrl: string
  expiresAt: string
}

/** `POST /v1/widget/sessions {merchantKey, identityToken?, resumeToken?, locale?}`. */
export interface WidgetSession {
  /** Bearer for HTTP and the handshake; also what `resumeToken` takes on the next visit. */
  token: string
  expiresAt: string
  traveler: TravelerSummary
  merchant: MerchantSummary & { color: string; greeting: string }
  realtimeUrl: string
}

/** `GET /v1/conversations?view=&cursor=&limit=`. A traveler gets their own threads, whatever the view. */
export interface ConversationPage {
  items: InboxConversation[]
  /** Opaque; null on the last page. */
  nextCursor: string | null
}
export type ConversationView = 'mine' | 'unassigned' | 'all' | 'resolved'

/** `GET /v1/conversations/:id` and every `POST /v1/conversations/:id/{claim,assign,resolve,reopen}`. */
export interface ConversationAnswer {
  conversation: Conversation
}

/** `GET /v1/conversations/:id/messages?before|after=seq&limit=`: by rising seq, whatever was asked. */
export interface MessagePage {
  items: Message[]
  /** There are more in the direction that was asked for. */
  hasMore: boolean
}

/** `POST /v1/messages`: 201 when it was created, 200 when the same send was there already. [SEND1] */
export interface MessageAnswer {
  message: Message
}

/** `POST /v1/attachments` (multipart, field `file`). Pixels for images. */
export interface AttachmentAnswer {
  attachment: { id: string; name: string; mime: string; size: number; width?: number; height?: number }
}

/** `GET /v1/agents`. */
export interface AgentList {
  items: (AgentSummary & { status: AgentStatus; role: Role; openConversations: number })[]
}

/** `GET /v1/events?after=&wait=`: `after` is the `next` of the answer before. */
export interface EventPage {
  items: FeedEvent[]
  next: string
}
export interface FeedEvent {
  id: string
  createdAt: string
  kind: 'message.created' | 'conversation.opened' | 'conversation.assigned' | 'conversation.updated'
  conversationId: string
  message?: Message
  conversation?: Conversation
}

export type WordAction = 'block' | 'mask' | 'review'
export type WordDirection = 'both' | 'traveler-to-agent' | 'agent-to-traveler'
/** `GET /v1/admin/words?q=` → `{items, version}`; `POST` → `{word}`; `PATCH /:id` → `{word}`; `DELETE /:id` → 204. */
export interface Word {
  id: string
  text: string
  action: WordAction
  direction: WordDirection
  createdAt: string
  createdBy: string
}
export interface WordPage {
  items: Word[]
  version: number
}

/** `application/problem+json`. */
export interface Problem {
  type: string
  title: string
  status: number
  code: string
  detail: string
  field?: string
  retryAfter?: number
}

/** What a shop page tells about the product on it. */
export type Subject = CardBody
