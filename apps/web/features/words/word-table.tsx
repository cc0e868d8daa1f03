'use client'

import type { Word, WordAction, WordDirection } from '@waggle/shared'
import { Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '../../components/ui/button.tsx'
import { useTimes } from '../../lib/time.ts'
import { wordActions, wordDirections } from './choices.ts'

interface WordTableProps {
  words: Word[]
  onChange(change: { id: string; action?: WordAction; direction?: WordDirection }): void
  onRemove(word: Word): void
}

const select = 'h-8 rounded-sm border border-line-strong/70 bg-raised px-2 text-list'

export function WordTable({ words, onChange, onRemove }: WordTableProps) {
  const t = useTranslations('words')
  const { day } = useTimes()
  return (
    <table className="w-full text-list">
      <thead className="text-left text-xs text-ink-3 max-md:sr-only">
        <tr>
          <th className="px-4 py-2 font-medium">{t('word')}</th>
          <th className="px-2 py-2 font-medium">{t('action')}</th>
          <th className="px-2 py-2 font-medium">{t('direction')}</th>
          <th className="px-2 py-2 font-medium">{t('addedBy')}</th>
          <th className="px-4 py-2" aria-label={t('remove', { word: '' })} />
        </tr>
      </thead>
      <tbody>
        {words.map((word) => (
          <tr
            key={word.id}
            className="border-t border-line max-md:grid max-md:grid-cols-[1fr_auto] max-md:gap-x-2 max-md:gap-y-1.5 max-md:px-4 max-md:py-3"
          >
            <td className="px-4 py-2 font-medium break-all max-md:p-0">{word.text}</td>
            <td className="px-2 py-2 max-md:order-2 max-md:p-0">
              <select
                aria-label={`${t('action')}: ${word.text}`}
                value={word.action}
                onChange={(event) => onChange({ id: word.id, action: event.target.value as WordAction })}
                className={select}
              >
                {wordActions.map((each) => (
                  <option key={each} value={each}>
                    {t(each)}
                  </option>
                ))}
              </select>
            </td>
            <td className="px-2 py-2 max-md:order-3 max-md:p-0">
              <select
                aria-label={`${t('direction')}: ${word.text}`}
                value={word.direction}
                onChange={(event) => onChange({ id: word.id, direction: event.target.value as WordDirection })}
                className={select}
              >
                {wordDirections.map((each) => (
                  <option key={each} value={each}>
                    {t(each)}
                  </option>
                ))}
              </select>
            </td>
            <td className="px-2 py-2 text-ink-2 max-md:hidden">
              {word.createdBy}, <time dateTime={word.createdAt}>{day(word.createdAt)}</time>
            </td>
            <td className="px-4 py-2 text-right max-md:order-1 max-md:p-0">
              <Button
                look="quiet"
                size="small"
                aria-label={t('remove', { word: word.text })}
                onClick={() => onRemove(word)}
              >
                <Trash2 className="size-4" aria-hidden="true" />
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
