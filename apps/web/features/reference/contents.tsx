import { useTranslations } from 'next-intl'
import type { Operation } from './openapi.ts'
import { MethodName } from './operation-section.tsx'

/** Links to every operation, beside the text where there is room and above it where there is not. */
export function Contents({ groups }: { groups: [tag: string, operations: Operation[]][] }) {
  const t = useTranslations('reference')
  return (
    <nav aria-label={t('contents')} className="text-list lg:sticky lg:top-0 lg:max-h-dvh lg:overflow-y-auto lg:py-8">
      {groups.map(([tag, operations]) => (
        <div key={tag} className="mb-4">
          <p className="mb-1 text-xs font-semibold text-ink-3">{tag}</p>
          <ul>
            {operations.map(({ anchor, method, path }) => (
              <li key={anchor}>
                <a href={`#${anchor}`} className="flex items-baseline gap-2 rounded-sm py-0.5 hover:bg-sunken">
                  <MethodName method={method} className="w-12 shrink-0" />
                  <span className="truncate font-mono text-xs">{path.replace('/v1', '')}</span>
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
      <a href="#errors" className="block rounded-sm py-0.5 font-semibold hover:bg-sunken">
        {t('errors')}
      </a>
    </nav>
  )
}
