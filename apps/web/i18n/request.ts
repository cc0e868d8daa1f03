import { cookies, headers } from 'next/headers'
import { getRequestConfig } from 'next-intl/server'
import { LOCALE_COOKIE, localeOf } from './locale.ts'

export default getRequestConfig(async () => {
  const [jar, head] = await Promise.all([cookies(), headers()])
  const locale = localeOf(jar.get(LOCALE_COOKIE)?.value, head.get('accept-language'))
  const messages = locale === 'zh-CN' ? await import('../messages/zh-CN.json') : await import('../messages/en.json')
  return { locale, messages: messages.default, timeZone: 'UTC' }
})
