import type { ShownMessage } from '@waggle/client'
import { Content } from './content.tsx'
import { TickIcon } from './icons.tsx'
import type { Session } from './session.ts'
import type { Texts } from './texts.ts'

interface BubbleProps {
  message: ShownMessage
  first: boolean
  texts: Texts
  locale: string
  session: Session
  onDiscard(clientId: string): void
}

export function Bubble({ message, first, texts, locale, session, onDiscard }: BubbleProps) {
  const { content, sender, mine, createdAt, tick, error, clientId, moderation } = message
  if (content.kind === 'event') return null
  const bare = content.kind === 'card' || content.kind === 'image'
  const time = new Date(createdAt).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit', hour12: false })
  return (
    <article class={`row ${mine ? 'mine' : 'theirs'} ${first ? 'first' : ''}`}>
      {first && !mine && <p class="sender">{sender.name}</p>}
      <div class={`bubble ${bare ? 'bare' : ''} ${tick === 'failed' ? 'failed' : ''}`}>
        <Content content={content} session={session} texts={texts} />
      </div>
      <p class="foot">
        {moderation?.action === 'mask' && <span>{texts.masked}</span>}
        <time dateTime={createdAt}>{time}</time>
        {mine && (
          <span role="img" class={`tick ${tick}`} aria-label={texts.ticks[tick]} title={texts.ticks[tick]}>
            <TickIcon tick={tick} />
          </span>
        )}
      </p>
      {tick === 'failed' && (
        <p class="foot problem" role="alert">
          <span>{error?.code === 'message_blocked' ? texts.blocked : texts.notSent}</span>
          {error?.code !== 'message_blocked' && (
            <button type="button" class="link" onClick={() => session.client.retry(clientId)}>
              {texts.retry}
            </button>
          )}
          <button type="button" class="link" onClick={() => onDiscard(clientId)}>
            {texts.discard}
          </button>
        </p>
      )}
    </article>
  )
}
