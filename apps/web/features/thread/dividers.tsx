import { useTranslations } from 'next-intl'
import { isSameDay, useTimes } from '../../lib/time.ts'

const DAY_MS = 24 * 3600_000

/** Stands above the first message of a day. */
export function DayLine({ iso }: { iso: string }) {
  const t = useTranslations('thread')
  const { day } = useTimes()
  const now = new Date()
  const words = isSameDay(iso, now)
    ? t('today')
    : isSameDay(iso, new Date(now.getTime() - DAY_MS))
      ? t('yesterday')
      : day(iso)
  return <p className="pt-4 text-center text-xs font-medium text-ink-3">{words}</p>
}

/** Stands above the first message that was new when one came. */
export function UnreadLine() {
  const t = useTranslations('thread')
  return (
    <p className="mx-4 mt-4 flex items-center gap-3 text-xs font-semibold text-ink-2 before:h-px before:flex-1 before:bg-honey after:h-px after:flex-1 after:bg-honey">
      {t('unread')}
    </p>
  )
}
