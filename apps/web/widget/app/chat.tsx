import type { MessageContent } from '@waggle/shared'
import { useCallback, useRef, useState } from 'preact/hooks'
import { Banner } from './banner.tsx'
import { Composer, type ComposerHandle } from './composer.tsx'
import type { Config } from './config.ts'
import { CloseIcon } from './icons.tsx'
import { Log } from './log.tsx'
import type { Session } from './session.ts'
import type { Texts } from './texts.ts'
import { useThread } from './use-thread.ts'
import type { Widget } from './use-widget.ts'

interface ChatProps {
  config: Config
  widget: Widget
  session: Session
  texts: Texts
}

export function Chat({ config, widget, session, texts }: ChatProps) {
  const { tell, open, subject, dropSubject } = widget
  const thread = useThread(session, open, tell)
  const composer = useRef<ComposerHandle>(null)
  const [asked, setAsked] = useState<string | null>(null)
  const { conversation, messages } = thread
  const shownSubject = subject && subject.id !== asked ? subject : null

  const send = (content: MessageContent) => {
    // The card goes along once: with the first message after the traveler looked at the product.
    if (shownSubject) {
      setAsked(shownSubject.id)
      if (thread.conversationId !== null || messages.length > 0) thread.send({ kind: 'card', body: shownSubject })
    }
    thread.send(content, shownSubject)
  }
  const discard = useCallback(
    (clientId: string) => {
      const content = session.client.discard(clientId)
      if (content?.kind === 'text') composer.current?.restore(content.body.text)
    },
    [session],
  )

  return (
    <main class="app" aria-label={texts.title(config.name)}>
      <header class="header">
        <div>
          <h1>{config.name}</h1>
          <p>{status()}</p>
        </div>
        <button type="button" class="icon" aria-label={texts.close} onClick={() => tell({ type: 'close' })}>
          <CloseIcon />
        </button>
      </header>
      <Banner client={session.client} texts={texts} onRestart={widget.restart} />
      <Log
        thread={thread}
        session={session}
        texts={texts}
        greeting={config.greeting}
        locale={widget.locale}
        visible={open}
        onDiscard={discard}
      />
      {conversation?.status === 'resolved' && <p class="notice">{texts.resolved}</p>}
      {conversation && !conversation.assignee && conversation.status !== 'resolved' && (
        <p class="notice">{texts.waiting}</p>
      )}
      {shownSubject && (
        <p class="asking">
          <span>{texts.asking(shownSubject.title)}</span>
          <button type="button" class="icon" aria-label={texts.drop} onClick={dropSubject}>
            <CloseIcon />
          </button>
        </p>
      )}
      <Composer
        ref={composer}
        texts={texts}
        open={open}
        draft={widget.draft}
        onSend={send}
        onTyping={thread.typing}
        upload={session.upload}
      />
    </main>
  )

  function status(): string {
    return conversation?.assignee ? texts.with(conversation.assignee.name) : texts.hello
  }
}
