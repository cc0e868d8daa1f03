import type { InfiniteData } from '@tanstack/react-query'
import type { Conversation, ConversationPage, ConversationView, InboxConversation, Message } from '@waggle/shared'

export type Pages = InfiniteData<ConversationPage, string | null>

/** Whether a conversation belongs into a view of this agent. */
export function belongs(conversation: Conversation, view: ConversationView, agentId: string): boolean {
  switch (view) {
    case 'mine':
      return conversation.assignee?.id === agentId && conversation.status !== 'resolved'
    case 'unassigned':
      return conversation.assignee === null && conversation.status !== 'resolved'
    case 'resolved':
      return conversation.status === 'resolved'
    case 'all':
      return true
  }
}

/** The list with the newest state of one conversation, at its place: newest message first. */
export function withConversation(pages: Pages, next: Conversation, view: ConversationView, agentId: string): Pages {
  const known = find(pages, next.id)
  const rest = without(pages, next.id)
  if (!belongs(next, view, agentId)) return rest
  // An event tells everybody the same; how much of it this agent has read is their own list's to know.
  const read = next.participants.find(({ participantId }) => participantId === agentId)?.readSeq ?? 0
  const unread = known?.unread ?? Math.max(0, next.head - read)
  return insertFirst(rest, { ...next, unread })
}

/** The list after a new message. Unknown conversations come with their own event. */
export function withMessage(pages: Pages, message: Message, preview: string, agentId: string): Pages {
  const known = find(pages, message.conversationId)
  if (!known || message.seq <= (known.lastMessage?.seq ?? 0)) return pages
  const { seq, kind, sender, createdAt } = message
  const counts = sender.id !== agentId && kind !== 'event'
  return insertFirst(without(pages, known.id), {
    ...known,
    head: Math.max(known.head, seq),
    lastMessage: { seq, kind, preview, sender, createdAt },
    unread: known.unread + (counts ? 1 : 0),
  })
}

export function withRead(pages: Pages, conversationId: string): Pages {
  return mapItems(pages, (item) => (item.id === conversationId && item.unread > 0 ? { ...item, unread: 0 } : item))
}

function find(pages: Pages, id: string): InboxConversation | undefined {
  for (const { items } of pages.pages) {
    const found = items.find((item) => item.id === id)
    if (found) return found
  }
  return undefined
}

function without(pages: Pages, id: string): Pages {
  return {
    ...pages,
    pages: pages.pages.map((page) => ({ ...page, items: page.items.filter((item) => item.id !== id) })),
  }
}

function insertFirst(pages: Pages, item: InboxConversation): Pages {
  const [first, ...rest] = pages.pages
  if (!first) return pages
  const at = first.items.findIndex((other) => time(other) <= time(item))
  const items = at === -1 ? [...first.items, item] : first.items.toSpliced(at, 0, item)
  return { ...pages, pages: [{ ...first, items }, ...rest] }
}

function mapItems(pages: Pages, change: (item: InboxConversation) => InboxConversation): Pages {
  return { ...pages, pages: pages.pages.map((page) => ({ ...page, items: page.items.map(change) })) }
}

function time(conversation: InboxConversation): string {
  return conversation.lastMessage?.createdAt ?? conversation.createdAt
}
