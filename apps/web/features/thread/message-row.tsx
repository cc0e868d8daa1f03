'use client'

import type { ShownMessage } from '@waggle/client'
import { clsx } from 'clsx'
import { EyeOff, Flag, Lock } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { memo } from 'react'
import { Avatar } from '../../components/ui/avatar.tsx'
import { useTimes } from '../../lib/time.ts'
import { MessageBody } from './message-body.tsx'
import { Ticks } from './ticks.tsx'

interface MessageRowProps {
  message: ShownMessage
  first: boolean
  last: boolean
  hue: number | undefined
  onRetry(clientId: string): void
  onDiscard(clientId: string): void
}

export const MessageRow = memo(function MessageRow({ message, first, last, hue, onRetry, onDiscard }: MessageRowProps) {
  const { content, sender } = message
  if (content.kind === 'event') return <Event event={content.body.event} />
  if (content.kind === 'note') return <Note message={message} onRetry={onRetry} onDiscard={onDiscard} />
  const ours = sender.kind !== 'traveler'
  return (
    <article className={clsx('flex gap-2.5 px-4', ours && 'flex-row-reverse', first ? 'pt-3' : 'pt-1')}>
      {ours ? null : first ? (
        <Avatar name={sender.name} {...(hue === undefined ? {} : { hue })} className="size-7 text-xs" />
      ) : (
        <span className="w-7 shrink-0" />
      )}
      <div className={clsx('flex min-w-0 max-w-[min(34rem,78%)] flex-col', ours ? 'items-end' : 'items-start')}>
        {first && ours && !message.mine && <p className="mb-0.5 text-xs text-ink-3">{sender.name}</p>}
        <div
          className={clsx(
            'rounded-md',
            content.kind === 'card' || content.kind === 'image' ? '' : 'px-3 py-2',
            content.kind === 'card' || content.kind === 'image' ? '' : ours ? 'bg-mine' : 'bg-theirs',
            message.tick === 'failed' && 'ring-1 ring-red',
          )}
        >
          <MessageBody content={content} />
        </div>
        {(last || message.mine || message.moderation) && (
          <Foot message={message} onRetry={onRetry} onDiscard={onDiscard} />
        )}
      </div>
    </article>
  )
})

type FootProps = Pick<MessageRowProps, 'message' | 'onRetry' | 'onDiscard'>

/** When, how far it has come, and what to do when it failed. A note never reaches the traveler, so nobody reads it there. */
function Foot({ message, onRetry, onDiscard }: FootProps) {
  const t = useTranslations('thread')
  const { clock, full } = useTimes()
  const { content, createdAt, mine, tick, error, clientId, moderation } = message
  return (
    <div className="mt-0.5 flex flex-wrap items-center gap-1.5 text-xs text-ink-3">
      {moderation && (
        <span className="flex items-center gap-1">
          {moderation.action === 'mask' ? (
            <EyeOff className="size-3.5" aria-hidden="true" />
          ) : (
            <Flag className="size-3.5" aria-hidden="true" />
          )}
          {t(moderation.action === 'mask' ? 'masked' : 'review')}
        </span>
      )}
      <time dateTime={createdAt} title={full(createdAt)}>
        {clock(createdAt)}
      </time>
      {mine && <Ticks tick={content.kind === 'note' && (tick === 'delivered' || tick === 'read') ? 'sent' : tick} />}
      {tick === 'failed' && (
        <span className="flex flex-wrap items-center gap-2 text-red">
          <span>{error?.code === 'message_blocked' ? t('blocked') : `${t('notSent')}: ${error?.message ?? ''}`}</span>
          {error?.code !== 'message_blocked' && (
            <button type="button" className="font-semibold underline" onClick={() => onRetry(clientId)}>
              {t('retry')}
            </button>
          )}
          <button type="button" className="font-semibold underline" onClick={() => onDiscard(clientId)}>
            {t('discard')}
          </button>
        </span>
      )}
    </div>
  )
}

function Note({ message, onRetry, onDiscard }: FootProps) {
  const t = useTranslations('thread')
  return (
    <article className="mx-4 mt-3 rounded-md border border-paper-line bg-paper px-3.5 py-2.5">
      <p className="mb-1 flex items-center gap-1.5 text-xs text-ink-2">
        <Lock className="size-3.5" aria-hidden="true" />
        <span className="font-semibold">{message.sender.name}</span> {t('note')}
      </p>
      <MessageBody content={message.content} />
      <Foot message={message} onRetry={onRetry} onDiscard={onDiscard} />
    </article>
  )
}

function Event({ event }: { event: string }) {
  const t = useTranslations('thread')
  const words = event === 'resolved' ? t('resolvedDone') : event === 'reopened' ? t('reopenedDone') : t('unknownEvent')
  return <p className="px-4 pt-3 text-center text-xs text-ink-3">{words}</p>
}
