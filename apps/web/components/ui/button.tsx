import { clsx } from 'clsx'
import type { ButtonHTMLAttributes } from 'react'

const looks = {
  primary: 'bg-honey text-honey-ink hover:brightness-95',
  plain: 'border border-line-strong/60 bg-raised text-ink hover:bg-sunken',
  quiet: 'text-ink-2 hover:bg-sunken hover:text-ink',
}

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: keyof typeof looks
  size?: 'small' | 'normal' | 'icon'
}

const sizes = { small: 'h-7 px-2.5 text-xs', normal: 'h-9 px-3.5', icon: 'size-9' }

export function Button({ look = 'plain', size = 'normal', className, type = 'button', ...rest }: ButtonProps) {
  return (
    <button
      type={type}
      className={clsx(
        'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-sm font-medium transition-colors disabled:opacity-50',
        looks[look],
        sizes[size],
        className,
      )}
      {...rest}
    />
  )
}
