import { BookOpen, Building2, Inbox, Palmtree } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { Preferences } from '../components/preferences.tsx'
import { Mark } from '../components/ui/mark.tsx'

export default async function HomePage() {
  const t = await getTranslations('home')
  return (
    <main id="main" className="mx-auto flex min-h-dvh max-w-3xl flex-col gap-10 px-6 py-10">
      <header className="flex flex-wrap items-center justify-between gap-4">
        <span className="flex items-center gap-2.5 text-lg font-semibold">
          <Mark className="size-8 text-ink" /> Waggle
        </span>
        <Preferences />
      </header>
      <div className="mt-6">
        <h1 className="text-3xl font-semibold tracking-tight text-balance">{t('title')}</h1>
        <p className="mt-3 max-w-xl text-lg text-ink-2">{t('lead')}</p>
      </div>
      <section aria-labelledby="shops" className="flex flex-col gap-3">
        <h2 id="shops" className="font-semibold">
          {t('shops')}
        </h2>
        <div className="grid gap-3 sm:grid-cols-2">
          <Door href="/shop/lotus-tours" icon={<Palmtree />} title={t('lotus')} hint={t('lotusHint')} />
          <Door href="/shop/harbor-hotels" icon={<Building2 />} title={t('harbor')} hint={t('harborHint')} />
        </div>
      </section>
      <section aria-labelledby="console" className="flex flex-col gap-3">
        <h2 id="console" className="font-semibold">
          {t('console')}
        </h2>
        <div className="grid gap-3 sm:grid-cols-2">
          <Door href="/inbox" icon={<Inbox />} title={t('console')} hint={t('consoleHint')} />
          <Door href="/reference" icon={<BookOpen />} title={t('reference')} hint={t('referenceHint')} />
        </div>
      </section>
    </main>
  )
}

function Door({ href, icon, title, hint }: { href: string; icon: ReactNode; title: string; hint: string }) {
  return (
    <a
      href={href}
      className="flex items-start gap-3.5 rounded-md border border-line bg-surface p-4 transition-shadow hover:shadow-soft"
    >
      <span className="mt-0.5 text-ink-2">{icon}</span>
      <span>
        <span className="block font-semibold">{title}</span>
        <span className="text-list text-ink-2">{hint}</span>
      </span>
    </a>
  )
}
