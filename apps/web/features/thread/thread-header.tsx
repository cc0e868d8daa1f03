'use client'

import type { ConversationStore } from '@waggle/client'
import type { Conversation } from '@waggle/shared'
import { ArrowLeft, Check, Eye, Hand, Info, RotateCcw } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useSyncExternalStore } from 'react'
import { Avatar } from '../../components/ui/avatar.tsx'
import { Button } from '../../components/ui/button.tsx'
import type { ConversationActions } from './use-conversation-actions.ts'

interface ThreadHeaderProps {
  conversation: Conversation | undefined
  store: ConversationStore
  agentId: string
  actions: ConversationActions
  onDetails(): void
}

export function ThreadHeader({ conversation, store, agentId, actions, onDetails }: ThreadHeaderProps) {
  const t = useTranslations()
  const { viewers } = useSyncExternalStore(store.subscribe, store.getSnapshot, store.getSnapshot)
  return (
    <header className="flex min-h-15 items-center gap-3 border-b border-line bg-surface px-4 py-2">
      <Link
        href="/inbox"
        aria-label={t('common.back')}
        className="-ml-2 flex size-9 items-center justify-center md:hidden"
      >
        <ArrowLeft className="size-5" aria-hidden="true" />
      </Link>
      {conversation ? (
        <>
          <Avatar name={conversation.traveler.name} hue={conversation.traveler.avatarHue} />
          <div className="min-w-0 flex-1">
            <h2 className="truncate font-semibold">{conversation.traveler.name}</h2>
            <p className="flex items-center gap-2 truncate text-xs text-ink-3">
              {assignment(conversation)}
              {viewers.length > 0 && (
                <span className="flex items-center gap-1 text-blue">
                  <Eye className="size-3.5" aria-hidden="true" />
                  {t('thread.viewing', { names: viewers.map(({ name }) => name).join(', ') })}
                </span>
              )}
            </p>
          </div>
          {!conversation.assignee && conversation.status !== 'resolved' && (
            <Button look="primary" onClick={() => void actions.claim()} title="I">
              <Hand className="size-4" aria-hidden="true" /> {t('thread.claim')}
            </Button>
          )}
          {conversation.status === 'resolved' ? (
            <Button onClick={() => void actions.reopen()} title="E">
              <RotateCcw className="size-4" aria-hidden="true" /> {t('thread.reopen')}
            </Button>
          ) : (
            <Button onClick={() => void actions.resolve()} title="E">
              <Check className="size-4" aria-hidden="true" /> {t('thread.resolve')}
            </Button>
          )}
          <Button look="quiet" size="icon" aria-label={t('thread.details')} onClick={onDetails} className="xl:hidden">
            <Info className="size-5" aria-hidden="true" />
          </Button>
        </>
      ) : (
        <div className="skeleton h-9 w-48" />
      )}
    </header>
  )

  function assignment({ assignee }: Conversation): string {
    if (!assignee) return t('thread.waiting')
    return assignee.id === agentId ? t('thread.assignedToYou') : t('thread.assignee', { name: assignee.name })
  }
}
