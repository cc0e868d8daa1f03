export const locales = ['en', 'zh-CN'] as const
export type Locale = (typeof locales)[number]
export const LOCALE_COOKIE = 'waggle_locale'

/**
 * The language of a page: the chosen one, else the first of the browser's that we have.
 * @param accepted the Accept-Language header.
 */
export function localeOf(chosen: string | undefined, accepted: string | null): Locale {
  if (chosen === 'en' || chosen === 'zh-CN') return chosen
  for (const part of (accepted ?? '').split(',')) {
    const language = part.trim().slice(0, 2).toLowerCase()
    if (language === 'zh') return 'zh-CN'
    if (language === 'en') return 'en'
  }
  return 'en'
}
