import { useEffect } from 'preact/hooks'
import { Chat } from './chat.tsx'
import type { Config } from './config.ts'
import { CloseIcon } from './icons.tsx'
import { textsFor } from './texts.ts'
import { useWidget } from './use-widget.ts'

/** The whole widget: header, and the chat as soon as there is a session. */
export function App({ config }: { config: Config }) {
  const widget = useWidget(config.merchantKey)
  const { session, failed, locale, tell } = widget
  const texts = textsFor(locale)

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') tell({ type: 'close' })
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [tell])

  if (session) return <Chat key={session.info.token} config={config} widget={widget} session={session} texts={texts} />
  return (
    <main class="app">
      <header class="header">
        <h1>{config.name}</h1>
        <button type="button" class="icon" aria-label={texts.close} onClick={() => tell({ type: 'close' })}>
          <CloseIcon />
        </button>
      </header>
      <div class="middle">
        {failed ? (
          <>
            <p role="alert">{texts.failed}</p>
            <button type="button" class="button" onClick={widget.restart}>
              {texts.retry}
            </button>
          </>
        ) : (
          <p role="status">{texts.loading}…</p>
        )}
      </div>
    </main>
  )
}
