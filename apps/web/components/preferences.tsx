'use client'

import { useRouter } from 'next/navigation'
import { useLocale, useTranslations } from 'next-intl'
import { useTheme } from 'next-themes'
import { useSyncExternalStore } from 'react'
import { locales } from '../i18n/locale.ts'
import { Segments } from './ui/segments.tsx'

const names = { en: 'English', 'zh-CN': '简体中文' } as const
const themes = ['light', 'dark', 'system'] as const

/** False on the server and in the first render: the theme is known only to the browser. */
const useMounted = () =>
  useSyncExternalStore(
    () => () => {},
    () => true,
    () => false,
  )

/** Language and appearance, wherever one may want to change them. */
export function Preferences() {
  const t = useTranslations('nav')
  const locale = useLocale()
  const router = useRouter()
  const { theme, setTheme } = useTheme()
  const mounted = useMounted()

  const choose = (next: string) => {
    // The server renders the language, so it has to know before the page is fetched again.
    const body = new URLSearchParams({ locale: next })
    void fetch('/preferences', { method: 'POST', body }).then(() => router.refresh())
  }
  return (
    <div className="flex flex-wrap gap-3">
      <Segments
        label={t('language')}
        value={locale}
        options={locales.map((value) => ({ value, text: names[value] }))}
        onChange={choose}
      />
      <Segments
        label={t('theme')}
        value={mounted ? ((theme ?? 'system') as (typeof themes)[number]) : ''}
        options={themes.map((value) => ({ value, text: t(value) }))}
        onChange={setTheme}
      />
    </div>
  )
}
