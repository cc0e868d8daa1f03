import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { Bubble } from './bubble.tsx'
import { DownIcon } from './icons.tsx'
import type { Session } from './session.ts'
import type { Texts } from './texts.ts'
import { useScroll } from './use-scroll.ts'
import type { Thread } from './use-thread.ts'

/** Messages of one sender closer than this are one group. Milliseconds. */
const GROUP_MS = 5 * 60_000

interface LogProps {
  thread: Thread
  session: Session
  texts: Texts
  greeting: string
  locale: string
  visible: boolean
  onDiscard(clientId: string): void
}

export function Log({ thread, session, texts, greeting, locale, visible, onDiscard }: LogProps) {
  const { messages, typists, readSeq, markRead } = thread
  const { scroller, content, atEnd, toEnd } = useScroll(messages, thread.loadOlder)
  const newest = messages.findLast(({ mine, seq }) => !mine && seq !== null)?.seq ?? 0
  const divider = useDivider(visible, readSeq, newest)

  useEffect(() => {
    const read = () => {
      if (visible && atEnd && newest > readSeq && document.visibilityState === 'visible') markRead(newest)
    }
    read()
    document.addEventListener('visibilitychange', read)
    return () => document.removeEventListener('visibilitychange', read)
  }, [visible, atEnd, newest, readSeq, markRead])

  const firstUnread = useMemo(
    () =>
      divider === null ? null : messages.find(({ mine, seq }) => !mine && seq !== null && seq > divider)?.clientId,
    [messages, divider],
  )
  if (thread.failed) {
    return (
      <div class="middle">
        <p role="alert">{texts.failed}</p>
        <button type="button" class="button" onClick={thread.reload}>
          {texts.retry}
        </button>
      </div>
    )
  }
  return (
    <div class="log-frame">
      <div class="log" ref={scroller} tabIndex={0} role="log" aria-live="polite" aria-label={texts.log}>
        <div ref={content}>
          {thread.loadingOlder && <p class="hint">{texts.older}</p>}
          {!thread.hasOlder && greeting && <p class="greeting">{greeting}</p>}
          {messages.map((message, index) => {
            const before = messages[index - 1]
            const day = dayOf(message.createdAt, locale, texts)
            const newDay = !before || dayOf(before.createdAt, locale, texts) !== day
            const first =
              newDay ||
              before.sender.id !== message.sender.id ||
              Date.parse(message.createdAt) - Date.parse(before.createdAt) > GROUP_MS
            return (
              <div key={message.clientId}>
                {newDay && <p class="hint">{day}</p>}
                {message.clientId === firstUnread && <p class="unread">{texts.unread}</p>}
                <Bubble
                  message={message}
                  first={first}
                  texts={texts}
                  locale={locale}
                  session={session}
                  onDiscard={onDiscard}
                />
              </div>
            )
          })}
          {typists.length > 0 && (
            <p class="typing">
              <span class="dots" aria-hidden="true">
                <i />
                <i />
                <i />
              </span>
              {texts.typing(typists.map(({ name }) => name).join(', '))}
            </p>
          )}
        </div>
      </div>
      {!atEnd && (
        <button type="button" class="latest" onClick={toEnd}>
          <DownIcon /> {texts.latest}
        </button>
      )}
    </div>
  )
}

/** The read mark of the moment at which the chat came into sight. */
function useDivider(visible: boolean, readSeq: number, newest: number): number | null {
  const [divider, setDivider] = useState<number | null>(null)
  const was = useRef(false)
  if (visible !== was.current) {
    was.current = visible
    const next = visible && newest > readSeq && readSeq > 0 ? readSeq : null
    if (next !== divider) setDivider(next)
  }
  return divider
}

function dayOf(iso: string, locale: string, texts: Texts): string {
  const date = new Date(iso)
  const today = new Date()
  if (date.toDateString() === today.toDateString()) return texts.today
  today.setDate(today.getDate() - 1)
  if (date.toDateString() === today.toDateString()) return texts.yesterday
  return date.toLocaleDateString(locale, { month: 'short', day: 'numeric' })
}
