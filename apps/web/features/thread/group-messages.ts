import type { ShownMessage } from '@waggle/client'

/** Messages of one sender closer than this are one group. Milliseconds. */
const GROUP_MS = 5 * 60_000

export interface Row {
  message: ShownMessage
  /** First of its sender for a while: has a name, an avatar and some air. */
  first: boolean
  /** Last of its sender for a while: says when. */
  last: boolean
  /** First of its day: the day stands above it. */
  newDay: boolean
  /** The first that was unread when the thread was opened. */
  firstUnread: boolean
}

/**
 * @param unreadAfter the reader's mark when they opened the thread; null when there is no divider to show.
 */
export function groupMessages(messages: readonly ShownMessage[], unreadAfter: number | null): Row[] {
  let divided = unreadAfter === null
  const rows = messages.map((message, index): Row => {
    const before = messages[index - 1]
    const newDay = !before || day(before) !== day(message)
    const firstUnread = !divided && message.seq !== null && message.seq > (unreadAfter ?? 0) && !message.mine
    if (firstUnread) divided = true
    const first =
      newDay ||
      firstUnread ||
      before?.sender.id !== message.sender.id ||
      before.content.kind === 'note' ||
      message.content.kind === 'note' ||
      Date.parse(message.createdAt) - Date.parse(before.createdAt) > GROUP_MS
    return { message, first, last: true, newDay, firstUnread }
  })
  rows.forEach((row, index) => {
    row.last = rows[index + 1]?.first ?? true
  })
  return rows
}

function day({ createdAt }: ShownMessage): string {
  return new Date(createdAt).toDateString()
}
