'use client'

import { MessageCircle } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { Preferences } from '../../components/preferences.tsx'
import { Button } from '../../components/ui/button.tsx'
import type { Product, Shop } from './shops.ts'

type WaggleCall = (...args: unknown[]) => void

/** Calls before the loader has arrived are kept in its queue, as on any merchant's page. */
function waggle(...args: unknown[]): void {
  const page = window as { Waggle?: WaggleCall & { q?: unknown[][] } }
  page.Waggle ??= (...call: unknown[]) => {
    const stub = page.Waggle
    if (stub) stub.q = [...(stub.q ?? []), call]
  }
  page.Waggle(...args)
}

/** A merchant's site with the widget, for trying it as a traveler. */
export function ShopPage({ shop }: { shop: Shop }) {
  const t = useTranslations('shop')
  const locale = useLocale()
  useEffect(() => {
    waggle('setLocale', locale)
  }, [locale])

  const ask = ({ id, title, subtitle, price, image }: Product) => {
    const product = {
      id,
      title: title[locale],
      subtitle: subtitle[locale],
      price,
      imageUrl: image,
      url: `/shop/${shop.slug}#${id}`,
    }
    waggle('setContext', { product })
    waggle('open')
  }
  return (
    <div className="mx-auto max-w-5xl px-5 pb-28">
      <header className="flex flex-wrap items-center justify-between gap-4 py-6">
        <p className="text-lg font-semibold">{shop.name[locale]}</p>
        <Preferences />
      </header>
      <main id="main">
        <div className="py-8 sm:py-12">
          <h1 className="max-w-2xl text-4xl font-semibold tracking-tight text-balance">{shop.claim[locale]}</h1>
          <p className="mt-3 max-w-xl text-lg text-ink-2">{shop.lead[locale]}</p>
        </div>
        <ul className="grid gap-6 sm:grid-cols-2 lg:grid-cols-3">
          {shop.products.map((product) => (
            <li
              key={product.id}
              id={product.id}
              className="flex flex-col overflow-hidden rounded-lg border border-line bg-surface"
            >
              <img src={product.image} alt="" width={640} height={400} className="aspect-[16/10] w-full object-cover" />
              <div className="flex flex-1 flex-col gap-2 p-5">
                <h2 className="text-[17px] leading-snug font-semibold">{product.title[locale]}</h2>
                <p className="text-ink-2">{product.subtitle[locale]}</p>
                <ul className="mt-1 list-disc pl-4 text-list text-ink-2">
                  {product.facts.map((fact) => (
                    <li key={fact.en}>{fact[locale]}</li>
                  ))}
                </ul>
                <div className="mt-auto flex items-center justify-between gap-3 pt-4">
                  <span className="tabular text-lg font-semibold">{product.price}</span>
                  <Button onClick={() => ask(product)} aria-label={t('askAbout', { title: product.title[locale] })}>
                    <MessageCircle className="size-4" aria-hidden="true" /> {t('ask')}
                  </Button>
                </div>
              </div>
            </li>
          ))}
        </ul>
      </main>
      <footer className="mt-12 text-list text-ink-3">
        {t('demo')}{' '}
        <a href="/inbox" className="underline underline-offset-4">
          {t('console')}
        </a>
      </footer>
    </div>
  )
}
