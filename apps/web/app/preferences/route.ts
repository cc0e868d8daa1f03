import { LOCALE_COOKIE, locales } from '../../i18n/locale.ts'

const YEAR_SECONDS = 365 * 24 * 3600

/** Remembers the chosen language: `POST locale=en|zh-CN`. */
export async function POST(request: Request): Promise<Response> {
  const locale = (await request.formData()).get('locale')
  if (!locales.some((known) => known === locale)) return new Response('locale: has to be en or zh-CN', { status: 422 })
  const cookie = `${LOCALE_COOKIE}=${locale}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax`
  return new Response(null, { status: 204, headers: { 'set-cookie': cookie } })
}
