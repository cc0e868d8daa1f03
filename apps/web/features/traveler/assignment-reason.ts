import { useTranslations } from 'next-intl'

/**
 * The reason of an assignment in the reader's language. It is stored in plain English, for the feed and
 * for the log; one that is not known here is shown as it stands.
 */
export function useAssignmentReason(): (reason: string) => string {
  const t = useTranslations('reason')
  return (reason) => {
    const load = /^online with the fewest open conversations \((\d+)\)$/.exec(reason)
    if (load) return t('leastLoaded', { count: load[1] ?? '' })
    if (reason === 'took it from the queue') return t('claimed')
    const assigner = /^assigned by (.+)$/.exec(reason)
    return assigner ? t('assigned', { name: assigner[1] ?? '' }) : reason
  }
}
