'use client'

import type { ConversationView } from '@waggle/shared'
import { clsx } from 'clsx'
import Link from 'next/link'
import { useTranslations } from 'next-intl'

export const inboxViews = ['mine', 'unassigned', 'all', 'resolved'] as const satisfies ConversationView[]

/** Which conversations to see. */
export function ViewTabs({ view }: { view: ConversationView }) {
  const t = useTranslations('views')
  return (
    <nav aria-label={t('title')} className="flex gap-1 overflow-x-auto border-b border-line px-3 py-2">
      {inboxViews.map((each) => (
        <Link
          key={each}
          href={each === 'mine' ? '/inbox' : `/inbox?view=${each}`}
          aria-current={each === view ? 'page' : undefined}
          className={clsx(
            'rounded-sm px-2.5 py-1 text-list whitespace-nowrap',
            each === view ? 'bg-sunken font-semibold text-ink' : 'text-ink-2 hover:bg-sunken',
          )}
        >
          {t(each)}
        </Link>
      ))}
    </nav>
  )
}
