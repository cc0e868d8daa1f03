'use client'

import type { Conversation } from '@waggle/shared'
import { clsx } from 'clsx'
import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Avatar } from '../../components/ui/avatar.tsx'
import { Card } from '../../components/ui/card.tsx'
import { useTimes } from '../../lib/time.ts'
import { useAssignmentReason } from './assignment-reason.ts'

const languageName = (locale: string, inLocale: string) => {
  try {
    return new Intl.DisplayNames(inLocale, { type: 'language' }).of(locale) ?? locale
  } catch {
    return locale
  }
}

interface TravelerPanelProps {
  conversation: Conversation
  /** On screens without room for a third column it opens over the thread. */
  open: boolean
  onClose(): void
}

/** Who asks, about what, and why this agent. */
export function TravelerPanel({ conversation, open, onClose }: TravelerPanelProps) {
  const t = useTranslations()
  const { full } = useTimes()
  const reason = useAssignmentReason()
  const { traveler, subject, assignee, assignmentReason, createdAt, status } = conversation
  return (
    <aside
      aria-label={t('traveler.panel')}
      className={clsx(
        'w-76 shrink-0 flex-col gap-5 overflow-y-auto border-l border-line bg-surface p-5 xl:flex',
        open
          ? 'flex max-xl:absolute max-xl:inset-y-0 max-xl:right-0 max-xl:z-30 max-xl:shadow-soft max-md:w-full'
          : 'hidden',
      )}
    >
      <div className="flex items-center gap-3">
        <Avatar name={traveler.name} hue={traveler.avatarHue} className="size-11 text-base" />
        <div className="min-w-0 flex-1">
          <p className="truncate font-semibold">{traveler.name}</p>
          {!traveler.externalId && <p className="text-xs text-ink-3">{t('traveler.anonymous')}</p>}
        </div>
        <button type="button" aria-label={t('common.close')} onClick={onClose} className="p-2 xl:hidden">
          <X className="size-5" aria-hidden="true" />
        </button>
      </div>
      <dl className="flex flex-col gap-3.5 text-list">
        <Fact name={t('traveler.status')} value={t(`traveler.${status}`)} />
        <Fact name={t('traveler.language')} value={languageName(traveler.locale, document.documentElement.lang)} />
        {traveler.externalId && <Fact name={t('traveler.id')} value={traveler.externalId} />}
        <Fact name={t('traveler.since')} value={full(createdAt)} />
        {assignee && assignmentReason && (
          <Fact name={t('traveler.why')} value={`${assignee.name}: ${reason(assignmentReason)}`} />
        )}
      </dl>
      {subject && (
        <div>
          <p className="mb-1.5 text-xs text-ink-3">{t('traveler.asking')}</p>
          <Card card={subject} />
        </div>
      )}
    </aside>
  )
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt className="text-xs text-ink-3">{name}</dt>
      <dd className="break-words">{value}</dd>
    </div>
  )
}
