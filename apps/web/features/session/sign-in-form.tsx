'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, Suspense } from 'react'
import { Button } from '../../components/ui/button.tsx'
import { useSignIn } from './use-sign-in.ts'

const field =
  'h-10 w-full rounded-sm border border-line-strong bg-raised px-3 text-[15px] aria-invalid:border-red disabled:opacity-60'

export function SignInForm() {
  return (
    <Suspense>
      <Form />
    </Suspense>
  )
}

function Form() {
  const t = useTranslations('signIn')
  const { signIn, busy, failure } = useSignIn()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const values = new FormData(event.currentTarget)
    void signIn(String(values.get('email')), String(values.get('password')))
  }
  const wrong = failure === 'wrong'
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <label className="flex flex-col gap-1.5 text-list font-medium">
        {t('email')}
        <input name="email" type="email" required autoComplete="username" aria-invalid={wrong} className={field} />
      </label>
      <label className="flex flex-col gap-1.5 text-list font-medium">
        {t('password')}
        <input
          name="password"
          type="password"
          required
          autoComplete="current-password"
          aria-invalid={wrong}
          className={field}
        />
      </label>
      {failure && (
        <p role="alert" className="rounded-sm bg-red-soft px-3 py-2 text-list text-red">
          {t(failure)}
        </p>
      )}
      <Button type="submit" look="primary" disabled={busy} className="mt-1">
        {busy ? t('submitting') : t('submit')}
      </Button>
    </form>
  )
}
