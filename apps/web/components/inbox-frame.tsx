'use client'

import type { ConversationView } from '@waggle/shared'
import { clsx } from 'clsx'
import { useParams, useSearchParams } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type ReactNode, useEffect } from 'react'
import { InboxList } from '../features/inbox/inbox-list.tsx'
import { useConversations, useLiveLists } from '../features/inbox/use-conversations.ts'
import { inboxViews, ViewTabs } from '../features/inbox/view-tabs.tsx'
import { useSession } from '../features/session/console-session.tsx'
import { ShortcutHelp } from './shortcut-help.tsx'

/** List and thread side by side; one of them on a phone. */
export function InboxFrame({ children }: { children: ReactNode }) {
  const t = useTranslations()
  const { me, client } = useSession()
  const { id } = useParams<{ id?: string }>()
  const asked = useSearchParams().get('view')
  const view: ConversationView = inboxViews.find((each) => each === asked) ?? 'mine'
  useLiveLists(client, me.user.id)
  useUnreadTitle(t('nav.inbox'))

  return (
    <div className="flex min-h-0 flex-1">
      <section
        aria-labelledby="inbox-title"
        className={clsx(
          'flex w-full flex-col border-line bg-surface md:w-88 md:shrink-0 md:border-r',
          id && 'max-md:hidden',
        )}
      >
        <header className="flex items-center justify-between px-4 pt-3.5 pb-1.5">
          <h1 id="inbox-title" className="text-[17px] font-semibold">
            {t('nav.inbox')}
          </h1>
          <span className="truncate pl-4 text-xs text-ink-3">{me.merchant.name}</span>
        </header>
        <ViewTabs view={view} />
        <InboxList view={view} client={client} me={me} currentId={id ?? null} />
      </section>
      <main id="main" className={clsx('flex min-w-0 flex-1 flex-col', !id && 'max-md:hidden')}>
        {children}
      </main>
      <ShortcutHelp />
    </div>
  )
}

/** "(3) Inbox" while something of one's own is unread. */
function useUnreadTitle(name: string): void {
  const { client } = useSession()
  const { items } = useConversations('mine', client)
  const unread = items.reduce((sum, item) => sum + item.unread, 0)
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) ${name} · Waggle` : `${name} · Waggle`
  }, [unread, name])
}
