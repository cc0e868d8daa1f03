import type { Metadata, Viewport } from 'next'
import { headers } from 'next/headers'
import { NextIntlClientProvider } from 'next-intl'
import { getLocale, getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import './globals.css'
import { Providers } from './providers.tsx'

export const metadata: Metadata = { title: { default: 'Waggle', template: '%s · Waggle' } }
export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f9f7f3' },
    { media: '(prefers-color-scheme: dark)', color: '#1c1a17' },
  ],
}

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, head, t] = await Promise.all([getLocale(), headers(), getTranslations('common')])
  return (
    <html lang={locale} suppressHydrationWarning>
      <body>
        <a href="#main" className="skip-link rounded-sm bg-honey px-3 py-2 text-honey-ink">
          {t('skip')}
        </a>
        <NextIntlClientProvider>
          <Providers nonce={head.get('x-nonce') ?? ''}>{children}</Providers>
        </NextIntlClientProvider>
      </body>
    </html>
  )
}
