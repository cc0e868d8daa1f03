'use client'

import { Dialog } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useShortcuts } from '../lib/shortcuts.ts'

const keys = [
  ['J', 'next'],
  ['K', 'previous'],
  ['R', 'reply'],
  ['N', 'note'],
  ['I', 'take'],
  ['E', 'resolve'],
  ['?', 'help'],
] as const

export function ShortcutHelp() {
  const t = useTranslations()
  const [open, setOpen] = useState(false)
  useShortcuts({ '?': () => setOpen(true) })
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/40" />
        <Dialog.Popup className="appear fixed top-1/2 left-1/2 z-50 w-80 -translate-x-1/2 -translate-y-1/2 rounded-lg bg-raised p-5 shadow-soft">
          <div className="mb-3 flex items-center justify-between">
            <Dialog.Title className="font-semibold">{t('shortcuts.title')}</Dialog.Title>
            <Dialog.Close aria-label={t('common.close')} className="p-1">
              <X className="size-4" aria-hidden="true" />
            </Dialog.Close>
          </div>
          <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2 text-list">
            {keys.map(([key, name]) => (
              <div key={key} className="contents">
                <dt>
                  <kbd className="rounded-sm border border-line-strong bg-sunken px-2 py-0.5 font-sans text-xs">
                    {key}
                  </kbd>
                </dt>
                <dd>{t(`shortcuts.${name}`)}</dd>
              </div>
            ))}
          </dl>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
