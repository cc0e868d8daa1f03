'use client'

import type { ConversationStore, WaggleClient } from '@waggle/client'
import type { MessageContent } from '@waggle/shared'
import { clsx } from 'clsx'
import { ArrowDown } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { Button } from '../../components/ui/button.tsx'
import { Face } from '../../components/ui/face.tsx'
import { isSameDay, useTimes } from '../../lib/time.ts'
import { groupMessages } from './group-messages.ts'
import { MessageRow } from './message-row.tsx'
import { useScroll } from './use-scroll.ts'

interface ThreadProps {
  store: ConversationStore
  client: WaggleClient
  travelerHue: number | undefined
  onRead(seq: number): void
  /** Takes the words of a discarded message back. */
  onDiscard(content: MessageContent): void
}

export function Thread({ store, client, travelerHue, onRead, onDiscard }: ThreadProps) {
  const t = useTranslations()
  const snapshot = useSyncExternalStore(store.subscribe, store.getSnapshot, store.getSnapshot)
  const { messages, loading, loadError, hasOlder, loadingOlder, typing, readSeq } = snapshot
  const { scroller, content, atEnd, toEnd } = useScroll(messages, () => void store.loadOlder())
  // Where reading stopped when the thread was opened; it stays there while one reads on.
  const [unreadAfter, setUnreadAfter] = useState<number | null>(null)
  const opened = useRef(false)
  const newest = messages.findLast((message) => message.seq !== null && !message.mine)?.seq ?? 0

  useEffect(() => {
    if (opened.current || messages.length === 0) return
    opened.current = true
    setUnreadAfter(newest > readSeq ? readSeq : null)
  }, [messages, newest, readSeq])
  useReading(atEnd, newest, readSeq, onRead)

  const rows = useMemo(() => groupMessages(messages, unreadAfter), [messages, unreadAfter])
  const retry = useCallback((clientId: string) => client.retry(clientId), [client])
  const discard = useCallback(
    (clientId: string) => {
      const words = client.discard(clientId)
      if (words) onDiscard(words)
    },
    [client, onDiscard],
  )

  if (loading) return <Skeleton label={t('common.loading')} />
  if (loadError && messages.length === 0) {
    return (
      <Face title={t('thread.failed')}>
        <Button onClick={() => void store.open()}>{t('common.retry')}</Button>
      </Face>
    )
  }
  return (
    <div className="relative min-h-0 flex-1">
      <div ref={scroller} tabIndex={0} className="h-full overflow-y-auto overscroll-contain [overflow-anchor:none]">
        <div
          ref={content}
          role="log"
          aria-live="polite"
          aria-label={t('thread.log')}
          className="flex min-h-full flex-col justify-end pb-4"
        >
          <p className="px-4 py-4 text-center text-xs text-ink-3">
            {loadingOlder ? t('thread.older') : hasOlder ? '' : t('thread.start')}
          </p>
          {rows.map(({ message, first, newDay, firstUnread }) => (
            <div key={message.clientId}>
              {newDay && <Day iso={message.createdAt} />}
              {firstUnread && <Unread />}
              <MessageRow message={message} first={first} hue={travelerHue} onRetry={retry} onDiscard={discard} />
            </div>
          ))}
          <p className={clsx('px-4 pt-2 text-xs text-ink-3', typing.length === 0 && 'invisible')} aria-live="off">
            {typing.length > 0 ? t('thread.typing', { name: typing.map(({ name }) => name).join(', ') }) : '·'}
          </p>
        </div>
      </div>
      {!atEnd && (
        <Button onClick={toEnd} className="appear absolute right-4 bottom-3 rounded-full shadow-soft">
          <ArrowDown className="size-4" aria-hidden="true" /> {t('thread.latest')}
        </Button>
      )}
    </div>
  )
}

/** What stands on a visible screen, at its end, has been read. */
function useReading(atEnd: boolean, newest: number, readSeq: number, onRead: (seq: number) => void): void {
  useEffect(() => {
    const read = () => {
      if (atEnd && newest > readSeq && document.visibilityState === 'visible') onRead(newest)
    }
    read()
    document.addEventListener('visibilitychange', read)
    return () => document.removeEventListener('visibilitychange', read)
  }, [atEnd, newest, readSeq, onRead])
}

function Day({ iso }: { iso: string }) {
  const t = useTranslations('thread')
  const { day } = useTimes()
  const yesterday = new Date(Date.now() - 24 * 3600_000)
  const words = isSameDay(iso, new Date()) ? t('today') : isSameDay(iso, yesterday) ? t('yesterday') : day(iso)
  return <p className="pt-4 text-center text-xs font-medium text-ink-3">{words}</p>
}

function Unread() {
  const t = useTranslations('thread')
  return (
    <p className="mx-4 mt-4 flex items-center gap-3 text-xs font-semibold text-ink-2 before:h-px before:flex-1 before:bg-honey after:h-px after:flex-1 after:bg-honey">
      {t('unread')}
    </p>
  )
}

function Skeleton({ label }: { label: string }) {
  return (
    <div className="flex flex-1 flex-col justify-end gap-3 p-4" role="status" aria-label={label}>
      <div className="skeleton h-10 w-3/5 rounded-md" />
      <div className="skeleton h-16 w-1/2 rounded-md" />
      <div className="skeleton h-10 w-2/5 self-end rounded-md" />
      <div className="skeleton h-10 w-3/5 rounded-md" />
    </div>
  )
}
