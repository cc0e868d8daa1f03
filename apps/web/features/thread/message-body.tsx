'use client'

import { Dialog } from '@base-ui/react/dialog'
import type { AttachmentBody, MessageContent } from '@waggle/shared'
import { FileText, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Card } from '../../components/ui/card.tsx'
import { linkify } from '../../lib/linkify.ts'

/** What is in a bubble, by kind. */
export function MessageBody({ content }: { content: MessageContent }) {
  switch (content.kind) {
    case 'text':
    case 'note':
      return <Text text={content.body.text} />
    case 'image':
      return <Picture body={content.body} />
    case 'file':
      return <FileLink body={content.body} />
    case 'card':
      return <Card card={content.body} />
    case 'event':
    case 'csat':
      return null
  }
}

function Text({ text }: { text: string }) {
  return (
    <p className="text-message leading-[1.55] break-words whitespace-pre-wrap">
      {linkify(text).map((part) =>
        part.href ? (
          <a
            key={part.at}
            href={part.href}
            target="_blank"
            rel="noopener noreferrer"
            className="underline underline-offset-2"
          >
            {part.text}
          </a>
        ) : (
          part.text
        ),
      )}
    </p>
  )
}

const fileUrl = (id: string) => `/v1/attachments/${id}`

function Picture({ body }: { body: AttachmentBody }) {
  const t = useTranslations()
  const [failed, setFailed] = useState(false)
  const { attachmentId, name, width = 4, height = 3, text } = body
  if (failed) return <p className="text-list text-ink-2">{t('thread.imageFailed')}</p>
  return (
    <Dialog.Root>
      <Dialog.Trigger aria-label={t('thread.image', { name })} className="block overflow-hidden rounded-sm">
        <img
          src={fileUrl(attachmentId)}
          alt={name}
          width={width}
          height={height}
          onError={() => setFailed(true)}
          className="max-h-72 w-auto max-w-full bg-sunken object-contain"
        />
      </Dialog.Trigger>
      {text && <Text text={text} />}
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/80" />
        <Dialog.Popup className="fixed inset-4 z-50 flex items-center justify-center">
          <Dialog.Title className="sr-only">{name}</Dialog.Title>
          <img src={fileUrl(attachmentId)} alt={name} className="max-h-full max-w-full rounded-sm" />
          <Dialog.Close
            aria-label={t('common.close')}
            className="absolute top-0 right-0 rounded-full bg-black/60 p-2 text-white"
          >
            <X className="size-5" aria-hidden="true" />
          </Dialog.Close>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function FileLink({ body }: { body: AttachmentBody }) {
  const t = useTranslations('thread')
  return (
    <a
      href={fileUrl(body.attachmentId)}
      download={body.name}
      aria-label={t('download', { name: body.name })}
      className="flex items-center gap-2.5"
    >
      <FileText className="size-6 shrink-0 text-ink-2" aria-hidden="true" />
      <span className="min-w-0">
        <span className="block truncate font-medium">{body.name}</span>
        <span className="tabular text-xs text-ink-3">{Math.max(1, Math.round(body.size / 1024))} KB</span>
      </span>
    </a>
  )
}
