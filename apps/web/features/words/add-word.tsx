'use client'

import type { WordAction, WordDirection } from '@waggle/shared'
import { useTranslations } from 'next-intl'
import { type FormEvent, useId, useRef, useState } from 'react'
import { Button } from '../../components/ui/button.tsx'
import { wordActions, wordDirections } from './choices.ts'

export interface NewWord {
  text: string
  action: WordAction
  direction: WordDirection
}

interface AddWordProps {
  busy: boolean
  error: Error | null
  /** `done` empties the form. */
  onAdd(word: NewWord, done: () => void): void
}

const field = 'h-10 rounded-sm border border-line-strong bg-raised px-3'

export function AddWord({ busy, error, onAdd }: AddWordProps) {
  const t = useTranslations('words')
  const hint = useId()
  const form = useRef<HTMLFormElement>(null)
  const [action, setAction] = useState<WordAction>('block')
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const values = new FormData(event.currentTarget)
    const word = { text: String(values.get('text')), action, direction: values.get('direction') as WordDirection }
    onAdd(word, () => form.current?.reset())
  }
  return (
    <form ref={form} onSubmit={submit} className="rounded-lg border border-line bg-surface p-5">
      <div className="grid gap-4 sm:grid-cols-[1fr_auto_auto_auto] sm:items-end">
        <label className="flex flex-col gap-1.5 text-list font-medium">
          {t('word')}
          <input name="text" required maxLength={100} autoComplete="off" aria-describedby={hint} className={field} />
        </label>
        <label className="flex flex-col gap-1.5 text-list font-medium">
          {t('action')}
          <select value={action} onChange={(event) => setAction(event.target.value as WordAction)} className={field}>
            {wordActions.map((each) => (
              <option key={each} value={each}>
                {t(each)}
              </option>
            ))}
          </select>
        </label>
        <label className="flex flex-col gap-1.5 text-list font-medium">
          {t('direction')}
          <select name="direction" className={field}>
            {wordDirections.map((each) => (
              <option key={each} value={each}>
                {t(each)}
              </option>
            ))}
          </select>
        </label>
        <Button type="submit" look="primary" disabled={busy} className="h-10">
          {t('add')}
        </Button>
      </div>
      <p id={hint} className="mt-3 text-list text-ink-2">
        {t(`${action}Hint`)} {t('wordHint')}
      </p>
      {error && (
        <p role="alert" className="mt-3 rounded-sm bg-red-soft px-3 py-2 text-list text-red">
          {error.message}
        </p>
      )}
    </form>
  )
}
