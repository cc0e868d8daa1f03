'use client'

import { clsx } from 'clsx'
import { BookOpen, Inbox, ShieldAlert } from 'lucide-react'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Mark } from './ui/mark.tsx'

/** The console's first column: where to go; a bar at the bottom on a phone. */
export function Rail({ admin, account }: { admin: boolean; account: ReactNode }) {
  const t = useTranslations('nav')
  const path = usePathname()
  const links = [
    { href: '/inbox', label: t('inbox'), icon: <Inbox className="size-5" /> },
    ...(admin ? [{ href: '/admin/words', label: t('words'), icon: <ShieldAlert className="size-5" /> }] : []),
    { href: '/reference', label: t('reference'), icon: <BookOpen className="size-5" /> },
  ]
  return (
    <nav
      aria-label={t('main')}
      className="flex shrink-0 items-center gap-1 border-line bg-surface px-3 py-2 max-md:order-last max-md:justify-around max-md:border-t md:w-15 md:flex-col md:border-r md:px-0 md:py-3"
    >
      <Mark className="mb-3 size-7 max-md:hidden" />
      {links.map(({ href, label, icon }) => {
        const current = path.startsWith(href)
        return (
          <Link
            key={href}
            href={href}
            aria-label={label}
            title={label}
            aria-current={current ? 'page' : undefined}
            className={clsx(
              'flex size-11 items-center justify-center rounded-md',
              current ? 'bg-sunken text-ink' : 'text-ink-3 hover:bg-sunken hover:text-ink',
            )}
          >
            {icon}
          </Link>
        )
      })}
      <div className="md:mt-auto">{account}</div>
    </nav>
  )
}
