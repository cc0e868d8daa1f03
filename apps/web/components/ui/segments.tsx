import { clsx } from 'clsx'

interface SegmentsProps<T extends string> {
  label: string
  value: T | ''
  options: readonly { value: T; text: string }[]
  onChange(value: T): void
  className?: string
}

/** A choice of few, all in sight. */
export function Segments<T extends string>({ label, value, options, onChange, className }: SegmentsProps<T>) {
  return (
    <fieldset className={clsx('inline-flex rounded-sm border border-line bg-sunken p-0.5', className)}>
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
          className={clsx(
            'rounded-[5px] px-2.5 py-1 text-xs',
            option.value === value ? 'bg-raised font-semibold text-ink shadow-xs' : 'text-ink-2 hover:text-ink',
          )}
        >
          {option.text}
        </button>
      ))}
    </fieldset>
  )
}
