import type { AttachmentBody, CardBody, MessageContent } from '@waggle/shared'
import { useEffect, useState } from 'preact/hooks'
import { linkify } from '../../lib/linkify.ts'
import { FileIcon } from './icons.tsx'
import type { Session } from './session.ts'
import type { Texts } from './texts.ts'

interface ContentProps {
  content: MessageContent
  session: Session
  texts: Texts
}

/** What is in a bubble, by kind. */
export function Content({ content, session, texts }: ContentProps) {
  switch (content.kind) {
    case 'text':
      return <Text text={content.body.text} />
    case 'image':
      return <Picture body={content.body} session={session} texts={texts} />
    case 'file':
      return <FileLink body={content.body} session={session} texts={texts} />
    case 'card':
      return <Card card={content.body} />
    default:
      return null
  }
}

function Text({ text }: { text: string }) {
  return (
    <p class="text">
      {linkify(text).map(({ at, text: words, href }) =>
        href ? (
          <a key={at} href={href} target="_blank" rel="noopener noreferrer">
            {words}
          </a>
        ) : (
          words
        ),
      )}
    </p>
  )
}

type FileProps = { body: AttachmentBody; session: Session; texts: Texts }

/** The file as a URL of this page: an `<img>` cannot send the traveler's token. */
function useFile(attachmentId: string, session: Session): { url: string | null; failed: boolean } {
  const [state, setState] = useState<{ url: string | null; failed: boolean }>({ url: null, failed: false })
  useEffect(() => {
    let url: string | null = null
    let gone = false
    session.download(attachmentId).then(
      (blob) => {
        if (gone) return
        url = URL.createObjectURL(blob)
        setState({ url, failed: false })
      },
      () => setState({ url: null, failed: true }),
    )
    return () => {
      gone = true
      if (url) URL.revokeObjectURL(url)
    }
  }, [attachmentId, session])
  return state
}

function Picture({ body, session, texts }: FileProps) {
  const { url, failed } = useFile(body.attachmentId, session)
  const { width = 4, height = 3, name, text } = body
  if (failed) return <p class="text">{texts.imageFailed}</p>
  return (
    <>
      <a href={url ?? undefined} target="_blank" rel="noopener" aria-label={texts.image(name)}>
        <img class="picture" src={url ?? blank} alt={name} width={width} height={height} />
      </a>
      {text && <Text text={text} />}
    </>
  )
}

const blank = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=='

function FileLink({ body, session, texts }: FileProps) {
  const { url } = useFile(body.attachmentId, session)
  return (
    <a class="file" href={url ?? undefined} download={body.name} aria-label={texts.file(body.name)}>
      <FileIcon />
      <span>
        {body.name}
        <small>{Math.max(1, Math.round(body.size / 1024))} KB</small>
      </span>
    </a>
  )
}

function Card({ card }: { card: CardBody }) {
  return (
    <div class="card">
      {card.imageUrl && <img src={card.imageUrl} alt="" />}
      <div>
        <strong>
          {card.url ? (
            <a href={card.url} target="_top" rel="noopener">
              {card.title}
            </a>
          ) : (
            card.title
          )}
        </strong>
        {card.subtitle && <p>{card.subtitle}</p>}
        {card.price && <p class="price">{card.price}</p>}
        {card.fields && (
          <dl>
            {card.fields.map(({ label, value }) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        )}
      </div>
    </div>
  )
}
