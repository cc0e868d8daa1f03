import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Preferences } from '../../components/preferences.tsx'
import { Mark } from '../../components/ui/mark.tsx'
import { DemoSignIns } from '../../features/session/demo-sign-ins.tsx'
import { SignInForm } from '../../features/session/sign-in-form.tsx'
import { demoAccountsOf } from '../../server/demo-accounts.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('signIn'))('title') }
}

export default async function SignInPage() {
  const [t, accounts] = await Promise.all([getTranslations('signIn'), demoAccountsOf()])
  return (
    <main id="main" className="mx-auto flex min-h-dvh max-w-4xl flex-col justify-center gap-8 px-5 py-10">
      <header className="flex flex-wrap items-center justify-between gap-4">
        <a href="/" className="flex items-center gap-2.5 text-lg font-semibold">
          <Mark className="size-8" /> Waggle
        </a>
        <Preferences />
      </header>
      <div className="grid items-start gap-6 md:grid-cols-[1fr_1.15fr]">
        <section className="rounded-lg border border-line bg-surface p-6">
          <h1 className="mb-5 text-xl font-semibold">{t('title')}</h1>
          <SignInForm />
        </section>
        {accounts.length > 0 && <DemoSignIns accounts={accounts} />}
      </div>
    </main>
  )
}
