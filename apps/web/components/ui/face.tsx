import type { ReactNode } from 'react'

/** What a list or a page shows instead of content: empty, failed, not allowed. */
export function Face({
  icon,
  title,
  hint,
  children,
}: {
  icon?: ReactNode
  title: string
  hint?: string
  children?: ReactNode
}) {
  return (
    <div className="flex h-full flex-col items-center justify-center gap-2 px-6 py-12 text-center">
      {icon && <div className="mb-1 text-ink-3">{icon}</div>}
      <p className="font-semibold">{title}</p>
      {hint && <p className="max-w-sm text-list text-ink-2">{hint}</p>}
      {children && <div className="mt-2">{children}</div>}
    </div>
  )
}
