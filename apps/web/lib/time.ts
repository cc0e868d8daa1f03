import { useFormatter } from 'next-intl'

/** The browser's own zone: the server formats no times, so that both agree. */
const timeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone

/** Times as people read them in a list and beside a bubble. */
export function useTimes() {
  const format = useFormatter()
  const clock = (iso: string) =>
    format.dateTime(new Date(iso), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: timeZone() })
  const day = (iso: string) => format.dateTime(new Date(iso), { month: 'short', day: 'numeric', timeZone: timeZone() })
  const full = (iso: string) =>
    format.dateTime(new Date(iso), { dateStyle: 'medium', timeStyle: 'short', timeZone: timeZone() })
  return { clock, day, full, short: (iso: string) => (isSameDay(iso, new Date()) ? clock(iso) : day(iso)) }
}

export function isSameDay(iso: string, other: Date): boolean {
  return new Date(iso).toDateString() === other.toDateString()
}
