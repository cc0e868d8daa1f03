'use client'

import type { Tick } from '@waggle/client'
import { clsx } from 'clsx'
import { AlertCircle, Check, CheckCheck, Clock } from 'lucide-react'
import { useTranslations } from 'next-intl'

const icons = { pending: Clock, sent: Check, delivered: CheckCheck, read: CheckCheck, failed: AlertCircle }

/** How far one's own message has come; by shape and word, not by colour alone. */
export function Ticks({ tick }: { tick: Tick }) {
  const t = useTranslations('ticks')
  const Icon = icons[tick]
  const colour = tick === 'read' ? 'text-blue' : tick === 'failed' ? 'text-red' : 'text-ink-3'
  return (
    <span role="img" aria-label={t(tick)} title={t(tick)} className={clsx('inline-flex', colour)}>
      <Icon className="size-3.5" aria-hidden="true" />
    </span>
  )
}
