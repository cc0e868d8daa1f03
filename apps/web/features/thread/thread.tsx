'use client'

import { useTranslations } from 'next-intl'
import { useSyncExternalStore } from 'react'
import { Button } from '../../components/ui/button.tsx'
import { Face } from '../../components/ui/face.tsx'
import { MessageLog, type MessageLogProps } from './message-log.tsx'

type ThreadProps = Omit<MessageLogProps, 'readBefore'> & {
  /** The reader's own mark as the server knows it; undefined until it has been asked. */
  readBefore: number | undefined
}

/** The messages of a conversation, or what stands in their place. */
export function Thread({ store, readBefore, ...rest }: ThreadProps) {
  const t = useTranslations()
  const { loading, loadError, messages } = useSyncExternalStore(store.subscribe, store.getSnapshot, store.getSnapshot)

  // Without the mark it would not be known what is new.
  if (loading || readBefore === undefined) return <Skeleton label={t('common.loading')} />
  if (loadError && messages.length === 0) {
    return (
      <Face title={t('thread.failed')}>
        <Button onClick={() => void store.open()}>{t('common.retry')}</Button>
      </Face>
    )
  }
  return <MessageLog store={store} readBefore={readBefore} {...rest} />
}

function Skeleton({ label }: { label: string }) {
  return (
    <div className="flex flex-1 flex-col justify-end gap-3 p-4" role="status" aria-label={label}>
      <div className="skeleton h-10 w-3/5 rounded-md" />
      <div className="skeleton h-16 w-1/2 rounded-md" />
      <div className="skeleton h-10 w-2/5 self-end rounded-md" />
      <div className="skeleton h-10 w-3/5 rounded-md" />
    </div>
  )
}
