'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Word, WordPage } from '@waggle/shared'
import { Search, ShieldAlert, ShieldX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useDeferredValue, useState } from 'react'
import { Button } from '../../components/ui/button.tsx'
import { Face } from '../../components/ui/face.tsx'
import { useToast } from '../../components/ui/toast.tsx'
import { ApiError, api } from '../../lib/api.ts'
import { AddWord, type NewWord } from './add-word.tsx'
import { WordTable } from './word-table.tsx'

const PATH = '/v1/admin/words'

/** The words that may not pass: see, add, change, remove. */
export function WordsPage() {
  const t = useTranslations()
  const toast = useToast()
  const queries = useQueryClient()
  const [search, setSearch] = useState('')
  const query = useDeferredValue(search.trim())
  const words = useQuery({
    queryKey: ['words', query],
    queryFn: () => api<WordPage>('GET', `${PATH}?${new URLSearchParams(query ? { q: query } : {})}`),
    placeholderData: (before) => before,
  })
  const changed = () => queries.invalidateQueries({ queryKey: ['words'] })
  const failed = (error: Error) => toast(t('thread.actionFailed', { reason: error.message }))

  const add = useMutation({
    mutationFn: (word: NewWord) => api<{ word: Word }>('POST', PATH, word),
    onSuccess: ({ word }) => {
      toast(t('words.added', { word: word.text }))
      return changed()
    },
  })
  const change = useMutation({
    mutationFn: ({ id, ...patch }: Partial<Word> & { id: string }) => api('PATCH', `${PATH}/${id}`, patch),
    onSuccess: changed,
    onError: failed,
  })
  const remove = useMutation({
    mutationFn: ({ id }: Word) => api('DELETE', `${PATH}/${id}`),
    onSuccess: (_, { text, action, direction }) => {
      toast(t('words.removed', { word: text }), {
        label: t('words.undo'),
        run: () => add.mutate({ text, action, direction }),
      })
      return changed()
    },
    onError: failed,
  })

  const content = () => {
    if (words.isPending) return <div className="skeleton m-4 h-24" aria-busy="true" />
    if (words.isError) {
      return (
        <Face title={t('words.failed')}>
          <Button onClick={() => void words.refetch()}>{t('common.retry')}</Button>
        </Face>
      )
    }
    if (words.data.items.length > 0) {
      return <WordTable words={words.data.items} onChange={change.mutate} onRemove={remove.mutate} />
    }
    return query ? (
      <Face title={t('words.noResults', { query })} />
    ) : (
      <Face icon={<ShieldAlert className="size-9" />} title={t('words.empty')} hint={t('words.emptyHint')} />
    )
  }

  if (words.error instanceof ApiError && words.error.status === 403) {
    return (
      <main id="main" className="flex-1">
        <h1 className="sr-only">{t('words.title')}</h1>
        <Face icon={<ShieldX className="size-9" />} title={t('words.forbidden')} hint={t('words.forbiddenHint')} />
      </main>
    )
  }
  return (
    <main id="main" className="flex-1 overflow-y-auto">
      <div className="mx-auto flex max-w-4xl flex-col gap-6 px-5 py-8">
        <header>
          <h1 className="text-2xl font-semibold tracking-tight">{t('words.title')}</h1>
          <p className="mt-1 text-ink-2">{t('words.lead')}</p>
        </header>
        <AddWord busy={add.isPending} error={add.error} onAdd={(word, done) => add.mutate(word, { onSuccess: done })} />
        <section className="rounded-lg border border-line bg-surface">
          <div className="flex flex-wrap items-center gap-3 border-b border-line px-4 py-3">
            <label className="relative min-w-40 flex-1">
              <span className="sr-only">{t('words.search')}</span>
              <Search className="absolute top-2.5 left-3 size-4 text-ink-3" aria-hidden="true" />
              <input
                type="search"
                value={search}
                onChange={(event) => setSearch(event.target.value)}
                maxLength={100}
                placeholder={t('words.search')}
                className="h-9 w-full rounded-sm border border-line-strong/70 bg-raised pr-3 pl-9"
              />
            </label>
            {words.data && (
              <p className="tabular text-xs text-ink-3">
                {t('words.count', { count: words.data.items.length })} ·{' '}
                {t('words.version', { version: words.data.version })}
              </p>
            )}
          </div>
          {content()}
        </section>
      </div>
    </main>
  )
}
