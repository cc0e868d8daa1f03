import type { WidgetSession } from '@waggle/shared'
import type { NextRequest } from 'next/server'
import { env } from '../../../env.ts'
import { localeOf } from '../../../i18n/locale.ts'
import { framePolicy } from '../../../server/content-security-policy.ts'

interface WidgetConfig {
  merchant: WidgetSession['merchant']
  allowedOrigins: string[]
}

/** The page of the widget's frame: `?merchant=KEY&origin=…`. Only the merchant's own sites may show it. */
export async function GET(request: NextRequest): Promise<Response> {
  const key = request.nextUrl.searchParams.get('merchant') ?? ''
  const config = await configOf(key)
  if (config === 'unreachable') return page(503, '<p>Waggle is not reachable.</p>', [])
  if (config === null) return page(404, '<p>There is no such merchant.</p>', [])
  const locale = localeOf(undefined, request.headers.get('accept-language'))
  const { name, color, greeting } = config.merchant
  const data = { merchantKey: key, name, color, greeting }
  return page(
    200,
    `<div id="app" data-config="${escapeHtml(JSON.stringify(data))}"></div><script type="module" src="/widget/app.js"></script>`,
    config.allowedOrigins,
    locale,
  )
}

async function configOf(key: string): Promise<WidgetConfig | null | 'unreachable'> {
  const url = `${env.realtimeInternalUrl}/v1/widget/config?${new URLSearchParams({ merchant: key })}`
  // A minute-old greeting is as good; a page that embeds the widget must not cost a query each time.
  const response = await fetch(url, { next: { revalidate: 30 } }).catch(() => null)
  if (response?.ok) return (await response.json()) as WidgetConfig
  return response && response.status < 500 ? null : 'unreachable'
}

function page(status: number, body: string, ancestors: readonly string[], lang = 'en'): Response {
  const html = `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1,interactive-widget=resizes-content"><title>Waggle</title><link rel="stylesheet" href="/widget/app.css"></head><body>${body}</body></html>`
  return new Response(html, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': framePolicy(env.realtimePublicUrl, ancestors),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    },
  })
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
}
