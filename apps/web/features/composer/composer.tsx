'use client'

import type { WaggleClient } from '@waggle/client'
import type { AttachmentAnswer, Conversation, MessageContent } from '@waggle/shared'
import { attachmentTypes, limits } from '@waggle/shared/protocol'
import { clsx } from 'clsx'
import { Paperclip, Send } from 'lucide-react'
import { useTranslations } from 'next-intl'
import {
  type ClipboardEvent,
  type DragEvent,
  type KeyboardEvent,
  type Ref,
  useImperativeHandle,
  useRef,
  useState,
} from 'react'
import { Button } from '../../components/ui/button.tsx'
import { Segments } from '../../components/ui/segments.tsx'
import { useToast } from '../../components/ui/toast.tsx'
import { api } from '../../lib/api.ts'
import { drafts } from './drafts.ts'

type Mode = 'reply' | 'note'

export interface ComposerHandle {
  focus(mode: Mode): void
  /** Puts the words of a message that was not sent back. */
  restore(content: MessageContent): void
}

interface ComposerProps {
  ref: Ref<ComposerHandle>
  conversationId: string
  client: WaggleClient
  conversation: Conversation | undefined
  onTyping(on: boolean): void
}

/** Characters left at which the counter appears. */
const COUNT_FROM = 500

export function Composer({ ref, conversationId, client, conversation, onTyping }: ComposerProps) {
  const t = useTranslations('composer')
  const field = useRef<HTMLTextAreaElement>(null)
  const picker = useRef<HTMLInputElement>(null)
  const [mode, setMode] = useState<Mode>('reply')
  const [text, setText] = useState(() => drafts.load(conversationId))
  const { uploading, upload } = useUpload(conversationId, client)
  const left = limits.textLength - text.length
  const note = mode === 'note'

  const change = (next: string) => {
    setText(next)
    drafts.save(conversationId, next)
    if (!note) onTyping(next !== '')
  }
  useImperativeHandle(ref, () => ({
    focus: (next) => {
      setMode(next)
      field.current?.focus()
    },
    restore: (content) => {
      if (content.kind !== 'text' && content.kind !== 'note') return
      setMode(content.kind === 'note' ? 'note' : 'reply')
      change([content.body.text, text].filter(Boolean).join('\n'))
      field.current?.focus()
    },
  }))

  const send = () => {
    if (text.trim() === '' || left < 0) return
    client.send({ conversationId, kind: note ? 'note' : 'text', body: { text } })
    change('')
    setMode('reply')
    field.current?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter also chooses a word while an input method composes one.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    send()
  }
  const take = (files: FileList | null | undefined) => {
    for (const file of files ?? []) void upload(file)
  }
  const onPaste = (event: ClipboardEvent) => {
    if (event.clipboardData.files.length === 0) return
    event.preventDefault()
    take(event.clipboardData.files)
  }
  const onDrop = (event: DragEvent) => {
    if (event.dataTransfer.files.length === 0) return
    event.preventDefault()
    take(event.dataTransfer.files)
  }

  return (
    <div className={clsx('border-t border-line px-4 pt-2.5 pb-3', note ? 'bg-paper' : 'bg-surface')}>
      <div className="mb-2 flex items-center gap-3 text-xs text-ink-3">
        <Segments<Mode>
          label={t('mode')}
          value={mode}
          options={[
            { value: 'reply', text: t('reply') },
            { value: 'note', text: t('note') },
          ]}
          onChange={setMode}
        />
        <span className="max-sm:hidden">
          {note ? t('noteHint') : conversation?.status === 'resolved' ? t('reopens') : t('hint')}
        </span>
        {left < COUNT_FROM && (
          <span role="status" className={clsx('tabular ml-auto', left < 0 && 'font-semibold text-red')}>
            {left < 0 ? t('tooLong', { count: -left }) : t('left', { count: left })}
          </span>
        )}
      </div>
      {uploading.map((name) => (
        <p key={name} role="status" className="pb-1.5 text-xs text-ink-2">
          {t('uploading', { name })}
        </p>
      ))}
      <div className="flex items-end gap-2">
        <textarea
          ref={field}
          value={text}
          onChange={(event) => change(event.target.value)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          onDrop={onDrop}
          onDragOver={(event) => event.preventDefault()}
          rows={2}
          aria-label={note ? t('note') : t('reply')}
          placeholder={note ? t('notePlaceholder') : t('replyPlaceholder', { name: conversation?.traveler.name ?? '' })}
          className="field-sizing-content max-h-48 min-h-16 flex-1 resize-none rounded-sm border border-line-strong/70 bg-raised px-3 py-2 text-message"
        />
        <input
          ref={picker}
          type="file"
          hidden
          accept={Object.keys(attachmentTypes).join(',')}
          onChange={(event) => {
            take(event.target.files)
            event.target.value = ''
          }}
        />
        <Button look="quiet" size="icon" aria-label={t('attach')} onClick={() => picker.current?.click()}>
          <Paperclip className="size-5" aria-hidden="true" />
        </Button>
        <Button look="primary" onClick={send} disabled={text.trim() === '' || left < 0}>
          <Send className="size-4" aria-hidden="true" />
          <span className="max-sm:sr-only">{note ? t('addNote') : t('send')}</span>
        </Button>
      </div>
    </div>
  )
}

/** Uploads a file, then sends it. */
function useUpload(conversationId: string, client: WaggleClient) {
  const t = useTranslations('composer')
  const toast = useToast()
  const [uploading, setUploading] = useState<string[]>([])
  const upload = async (file: File) => {
    setUploading((names) => [...names, file.name])
    try {
      const form = new FormData()
      form.set('file', file)
      const { attachment } = await api<AttachmentAnswer>('POST', '/v1/attachments', form)
      const { id: attachmentId, ...rest } = attachment
      const kind = attachmentTypes[attachment.mime] ?? 'file'
      client.send({ conversationId, kind, body: { attachmentId, ...rest } })
    } catch (error) {
      toast(t('uploadFailed', { name: file.name, reason: (error as Error).message }))
    } finally {
      setUploading((names) => names.filter((name) => name !== file.name))
    }
  }
  return { uploading, upload }
}
