'use client'

import type { DemoAccount } from '@waggle/shared'
import { useTranslations } from 'next-intl'
import { Suspense } from 'react'
import { Avatar } from '../../components/ui/avatar.tsx'
import { useSignIn } from './use-sign-in.ts'

/** People of the demo data, one click each. */
export function DemoSignIns({ accounts }: { accounts: readonly DemoAccount[] }) {
  return (
    <Suspense>
      <People accounts={accounts} />
    </Suspense>
  )
}

function People({ accounts }: { accounts: readonly DemoAccount[] }) {
  const t = useTranslations()
  const { signIn, busy } = useSignIn()
  const merchants = [...new Set(accounts.map(({ merchant }) => merchant))]
  return (
    <section aria-labelledby="demo" className="rounded-lg border border-line p-6">
      <h2 id="demo" className="font-semibold">
        {t('signIn.demo')}
      </h2>
      <p className="mt-1 mb-4 text-list text-ink-2">{t('signIn.demoHint')}</p>
      <div className="flex flex-col gap-4">
        {merchants.map((merchant) => (
          <div key={merchant}>
            <h3 className="mb-1.5 text-xs text-ink-3">{merchant}</h3>
            <ul className="grid gap-1.5 sm:grid-cols-2">
              {accounts
                .filter((account) => account.merchant === merchant)
                .map(({ email, password, name, role }) => (
                  <li key={email}>
                    <button
                      type="button"
                      disabled={busy}
                      onClick={() => void signIn(email, password)}
                      className="flex w-full items-center gap-2.5 rounded-sm border border-line bg-surface px-2.5 py-2 text-left hover:bg-sunken disabled:opacity-60"
                    >
                      <Avatar name={name} className="size-7 text-xs" />
                      <span className="min-w-0">
                        <span className="block truncate text-list font-medium">{name}</span>
                        <span className="block text-xs text-ink-3">{t(`roles.${role}`)}</span>
                      </span>
                    </button>
                  </li>
                ))}
            </ul>
          </div>
        ))}
      </div>
    </section>
  )
}
