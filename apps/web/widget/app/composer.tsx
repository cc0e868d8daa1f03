import type { AttachmentAnswer, MessageContent } from '@waggle/shared'
import { attachmentTypes, limits } from '@waggle/shared/protocol'
import { forwardRef } from 'preact/compat'
import { useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { ClipIcon, SendIcon } from './icons.tsx'
import type { Texts } from './texts.ts'

export interface ComposerHandle {
  /** Puts the words of a message that was not sent back. */
  restore(text: string): void
}

interface ComposerProps {
  texts: Texts
  open: boolean
  draft: { text: string } | null
  onSend(content: MessageContent): void
  onTyping(on: boolean): void
  upload(file: File): Promise<AttachmentAnswer['attachment']>
}

export const Composer = forwardRef<ComposerHandle, ComposerProps>(function Composer(props, ref) {
  const { texts, open, draft, onSend, onTyping, upload } = props
  const field = useRef<HTMLTextAreaElement>(null)
  const picker = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [notice, setNotice] = useState('')
  const over = text.length - limits.textLength

  useEffect(() => {
    if (open) field.current?.focus()
  }, [open])
  useEffect(() => {
    if (draft) setText(draft.text)
  }, [draft])
  useLayoutEffect(() => {
    if (field.current) fit(field.current, text === '')
  }, [text])
  useImperativeHandle(ref, () => ({
    restore: (words) => {
      setText((now) => [words, now].filter(Boolean).join('\n'))
      field.current?.focus()
    },
  }))

  const change = (next: string) => {
    setText(next)
    onTyping(next !== '')
  }
  const send = () => {
    if (text.trim() === '' || over > 0) return
    onSend({ kind: 'text', body: { text } })
    change('')
    field.current?.focus()
  }
  const take = async (files: FileList | null | undefined) => {
    for (const file of Array.from(files ?? [])) {
      setNotice(texts.uploading(file.name))
      try {
        const { id: attachmentId, ...rest } = await upload(file)
        onSend({ kind: attachmentTypes[rest.mime] ?? 'file', body: { attachmentId, ...rest } })
        setNotice('')
      } catch {
        setNotice(texts.uploadFailed(file.name))
      }
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // Enter also chooses a word while an input method composes one.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    send()
  }
  const onPaste = (event: ClipboardEvent) => {
    if (!event.clipboardData?.files.length) return
    event.preventDefault()
    void take(event.clipboardData.files)
  }

  return (
    <div class="composer">
      <p class="composer-notice" role="status">
        {over > 0 ? texts.tooLong(over) : notice}
      </p>
      <div class="composer-row">
        <button type="button" class="icon" aria-label={texts.attach} onClick={() => picker.current?.click()}>
          <ClipIcon />
        </button>
        <input
          ref={picker}
          type="file"
          hidden
          accept={Object.keys(attachmentTypes).join(',')}
          onChange={(event) => {
            void take(event.currentTarget.files).then(() => {
              if (picker.current) picker.current.value = ''
            })
          }}
        />
        <textarea
          ref={field}
          rows={1}
          value={text}
          aria-label={texts.write}
          placeholder={texts.write}
          onInput={(event) => change(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
        <button
          type="button"
          class="send"
          aria-label={texts.send}
          disabled={text.trim() === '' || over > 0}
          onClick={send}
        >
          <SendIcon />
        </button>
      </div>
    </div>
  )
})

/** Pixels: about six lines; a longer text scrolls. */
const MAX_HEIGHT = 140

/** As high as what is in it. */
function fit(element: HTMLTextAreaElement, isEmpty: boolean): void {
  element.style.height = 'auto'
  if (!isEmpty) element.style.height = `${Math.min(element.scrollHeight, MAX_HEIGHT)}px`
}
