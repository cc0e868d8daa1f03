import { clsx } from 'clsx'

/** First letter of a name on the person's colour; for Chinese names the family name. */
export function Avatar({ name, hue, className }: { name: string; hue?: number; className?: string }) {
  const letter = Array.from(name.trim())[0]?.toUpperCase() ?? '?'
  return (
    <span
      aria-hidden="true"
      style={hue === undefined ? undefined : { background: `oklch(0.9 0.05 ${hue})`, color: `oklch(0.36 0.09 ${hue})` }}
      className={clsx(
        'inline-flex shrink-0 items-center justify-center rounded-full bg-sunken font-semibold text-ink-2',
        className ?? 'size-9 text-sm',
      )}
    >
      {letter}
    </span>
  )
}
