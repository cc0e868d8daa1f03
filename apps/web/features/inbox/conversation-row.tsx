'use client'

import type { InboxConversation } from '@waggle/shared'
import { clsx } from 'clsx'
import { CheckCircle2, CreditCard, Hourglass, ImageIcon, Lock, Paperclip } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { memo, type ReactNode } from 'react'
import { Avatar } from '../../components/ui/avatar.tsx'
import { useTimes } from '../../lib/time.ts'

interface RowProps {
  conversation: InboxConversation
  current: boolean
  selected: boolean
  agentId: string
  href: string
}

export const ConversationRow = memo(function ConversationRow({
  conversation,
  current,
  selected,
  agentId,
  href,
}: RowProps) {
  const t = useTranslations('inbox')
  const { short } = useTimes()
  const { traveler, unread, lastMessage, createdAt, subject } = conversation
  return (
    <Link
      href={href}
      aria-current={current ? 'true' : undefined}
      data-selected={selected}
      className={clsx(
        'flex gap-3 border-b border-line px-4 py-3 text-list',
        current ? 'bg-honey-soft' : 'hover:bg-sunken',
        selected && !current && 'bg-sunken',
      )}
    >
      <Avatar name={traveler.name} hue={traveler.avatarHue} />
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <span className={clsx('truncate', unread > 0 ? 'font-semibold' : 'font-medium')}>{traveler.name}</span>
          <time className="ml-auto shrink-0 text-xs text-ink-3" dateTime={lastMessage?.createdAt ?? createdAt}>
            {short(lastMessage?.createdAt ?? createdAt)}
          </time>
        </span>
        <span className="mt-0.5 flex items-center gap-2">
          <Preview conversation={conversation} agentId={agentId} />
          {unread > 0 && (
            <span className="tabular ml-auto shrink-0 rounded-full bg-honey px-1.5 text-xs leading-5 font-semibold text-honey-ink">
              <span aria-hidden="true">{unread > 99 ? '99+' : unread}</span>
              <span className="sr-only">{t('unread', { count: unread })}</span>
            </span>
          )}
        </span>
        <span className="mt-1 flex items-center gap-2 text-xs text-ink-3">
          <State conversation={conversation} agentId={agentId} />
          {subject && <span className="truncate">{subject.title}</span>}
        </span>
      </span>
    </Link>
  )
})

const icons: Record<string, ReactNode> = {
  image: <ImageIcon className="size-3.5 shrink-0" aria-hidden="true" />,
  file: <Paperclip className="size-3.5 shrink-0" aria-hidden="true" />,
  card: <CreditCard className="size-3.5 shrink-0" aria-hidden="true" />,
  note: <Lock className="size-3.5 shrink-0" aria-hidden="true" />,
}

function Preview({ conversation, agentId }: { conversation: InboxConversation; agentId: string }) {
  const t = useTranslations('inbox')
  const { lastMessage, unread } = conversation
  if (!lastMessage) return null
  const { kind, preview, sender } = lastMessage
  const words = preview || (kind === 'image' || kind === 'file' || kind === 'card' ? t(kind) : '')
  return (
    <span className={clsx('flex min-w-0 items-center gap-1', unread > 0 ? 'text-ink' : 'text-ink-2')}>
      {icons[kind]}
      <span className="truncate">{sender.id === agentId ? t('you', { text: words }) : words}</span>
    </span>
  )
}

function State({ conversation, agentId }: { conversation: InboxConversation; agentId: string }) {
  const t = useTranslations('inbox')
  const { status, assignee } = conversation
  if (status === 'resolved') {
    return (
      <span className="flex shrink-0 items-center gap-1">
        <CheckCircle2 className="size-3.5 text-green" aria-hidden="true" /> {t('resolved')}
      </span>
    )
  }
  if (!assignee) {
    return (
      <span className="flex shrink-0 items-center gap-1 text-amber">
        <Hourglass className="size-3.5" aria-hidden="true" /> {t('waiting')}
      </span>
    )
  }
  return assignee.id === agentId ? null : <span className="shrink-0">{assignee.name}</span>
}
