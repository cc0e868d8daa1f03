'use client'

import type { ConversationStore, WaggleClient } from '@waggle/client'
import type { MessageContent } from '@waggle/shared'
import { clsx } from 'clsx'
import { ArrowDown } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useCallback, useMemo, useSyncExternalStore } from 'react'
import { Button } from '../../components/ui/button.tsx'
import { DayLine, UnreadLine } from './dividers.tsx'
import { groupMessages } from './group-messages.ts'
import { MessageRow } from './message-row.tsx'
import { useReading } from './use-reading.ts'
import { useScroll } from './use-scroll.ts'

export interface MessageLogProps {
  store: ConversationStore
  client: WaggleClient
  travelerHue: number | undefined
  /** Up to which seq the reader had read when they came. */
  readBefore: number
  onRead(seq: number): void
  /** Takes the words of a discarded message back. */
  onDiscard(content: MessageContent): void
}

/** The thread itself. Mounted only when there is something to scroll, which `useScroll` relies on. */
export function MessageLog({ store, client, travelerHue, readBefore, onRead, onDiscard }: MessageLogProps) {
  const t = useTranslations('thread')
  const snapshot = useSyncExternalStore(store.subscribe, store.getSnapshot, store.getSnapshot)
  const { messages, hasOlder, loadingOlder, loadError, typing } = snapshot
  const readSeq = Math.max(snapshot.readSeq, readBefore)
  const { scroller, content, atEnd, toEnd } = useScroll(messages, () => void store.loadOlder())
  const unreadAfter = useReading(messages, readSeq, atEnd, onRead)

  const rows = useMemo(() => groupMessages(messages, unreadAfter), [messages, unreadAfter])
  const retry = useCallback((clientId: string) => client.retry(clientId), [client])
  const discard = useCallback(
    (clientId: string) => {
      const words = client.discard(clientId)
      if (words) onDiscard(words)
    },
    [client, onDiscard],
  )

  return (
    <div className="relative min-h-0 flex-1">
      <div ref={scroller} tabIndex={0} className="h-full overflow-y-auto overscroll-contain [overflow-anchor:none]">
        <div
          ref={content}
          role="log"
          aria-live="polite"
          aria-label={t('log')}
          className="flex min-h-full flex-col justify-end pb-4"
        >
          <div className="px-4 py-4 text-center text-xs text-ink-3">
            {loadingOlder ? (
              t('older')
            ) : loadError ? (
              <Button size="small" onClick={() => void store.loadOlder()}>
                {t('olderFailed')}
              </Button>
            ) : hasOlder ? null : (
              t('start')
            )}
          </div>
          {rows.map(({ message, first, last, newDay, firstUnread }) => (
            <div key={message.clientId}>
              {newDay && <DayLine iso={message.createdAt} />}
              {firstUnread && <UnreadLine />}
              <MessageRow
                message={message}
                first={first}
                last={last}
                hue={travelerHue}
                onRetry={retry}
                onDiscard={discard}
              />
            </div>
          ))}
          <p className={clsx('px-4 pt-2 text-xs text-ink-3', typing.length === 0 && 'invisible')} aria-live="off">
            {typing.length > 0 ? t('typing', { name: typing.map(({ name }) => name).join(', ') }) : '·'}
          </p>
        </div>
      </div>
      {!atEnd && (
        <Button onClick={toEnd} className="appear absolute right-4 bottom-3 rounded-full shadow-soft">
          <ArrowDown className="size-4" aria-hidden="true" /> {t('latest')}
        </Button>
      )}
    </div>
  )
}
