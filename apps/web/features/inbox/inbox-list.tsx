'use client'

import type { WaggleClient } from '@waggle/client'
import type { ConversationView, Me } from '@waggle/shared'
import { CircleCheckBig } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { VList, type VListHandle } from 'virtua'
import { Button } from '../../components/ui/button.tsx'
import { Face } from '../../components/ui/face.tsx'
import { useShortcuts } from '../../lib/shortcuts.ts'
import { ConversationRow } from './conversation-row.tsx'
import { useConversations } from './use-conversations.ts'

interface InboxListProps {
  view: ConversationView
  client: WaggleClient
  me: Me
  currentId: string | null
}

/** The conversations of a view; only the rows in sight are in the page. */
export function InboxList({ view, client, me, currentId }: InboxListProps) {
  const t = useTranslations()
  const router = useRouter()
  const { items, isPending, isError, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useConversations(
    view,
    client,
  )
  const list = useRef<VListHandle>(null)
  // Where the keys stand; opening a conversation starts anew from it.
  const [selection, setSelection] = useState({ opened: currentId, index: -1 })
  const selected = selection.opened === currentId ? selection.index : -1
  const href = (id: string) => `/inbox/${id}${view === 'mine' ? '' : `?view=${view}`}`
  const at = selected === -1 ? items.findIndex(({ id }) => id === currentId) : selected

  const move = (step: number) => {
    const next = Math.min(Math.max(at + step, 0), items.length - 1)
    setSelection({ opened: currentId, index: next })
    list.current?.scrollToIndex(next, { align: 'nearest' })
  }
  useShortcuts({
    j: () => move(1),
    k: () => move(-1),
    enter: () => {
      const item = items[selected]
      if (item) router.push(href(item.id))
    },
  })

  if (isPending) return <Skeleton />
  if (isError) {
    return (
      <Face title={t('inbox.failed')}>
        <Button onClick={() => void refetch()}>{t('common.retry')}</Button>
      </Face>
    )
  }
  if (items.length === 0) return <Empty view={view} merchantKey={me.merchant.key} />
  return (
    <VList
      ref={list}
      className="flex-1"
      onScroll={(offset) => {
        const handle = list.current
        if (!handle || !hasNextPage || isFetchingNextPage) return
        if (offset + handle.viewportSize > handle.scrollSize - 600) void fetchNextPage()
      }}
    >
      {items.map((conversation, index) => (
        <ConversationRow
          key={conversation.id}
          conversation={conversation}
          current={conversation.id === currentId}
          selected={index === selected}
          agentId={me.user.id}
          href={href(conversation.id)}
        />
      ))}
    </VList>
  )
}

function Empty({ view, merchantKey }: { view: ConversationView; merchantKey: string }) {
  const t = useTranslations('inbox')
  const name = view[0]?.toUpperCase() + view.slice(1)
  const which = `empty${name}` as 'emptyMine'
  return (
    <Face icon={<CircleCheckBig className="size-8" aria-hidden="true" />} title={t(which)} hint={t(`${which}Hint`)}>
      {view === 'all' && (
        <code className="block rounded-sm bg-sunken p-3 text-left text-xs break-all">
          {`<script async src="${location.origin}/widget/loader.js" data-merchant="${merchantKey}"></script>`}
        </code>
      )}
    </Face>
  )
}

function Skeleton() {
  return (
    <div className="flex flex-col gap-5 p-4" aria-busy="true">
      {['a', 'b', 'c', 'd'].map((row) => (
        <div key={row} className="flex gap-3">
          <div className="skeleton size-9 rounded-full" />
          <div className="flex flex-1 flex-col gap-2 pt-1">
            <div className="skeleton h-3 w-1/2" />
            <div className="skeleton h-3 w-4/5" />
          </div>
        </div>
      ))}
    </div>
  )
}
