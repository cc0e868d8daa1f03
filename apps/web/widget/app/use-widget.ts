import type { CardBody } from '@waggle/shared'
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Context, Theme, ToFrame, ToLoader } from '../bridge.ts'
import { connectLoader } from './loader-port.ts'
import { forget, type Session, savedToken, startSession } from './session.ts'

export interface Widget {
  locale: string
  open: boolean
  session: Session | null
  failed: boolean
  subject: CardBody | null
  /** Text that the page put into the composer; changes identity with each call. */
  draft: { text: string } | null
  dropSubject(): void
  restart(): void
  tell(message: ToLoader): void
}

/** The page's wishes and the traveler's session. */
export function useWidget(merchantKey: string): Widget {
  const [locale, setLocale] = useState(document.documentElement.lang || navigator.language)
  const [open, setOpen] = useState(false)
  const [session, setSession] = useState<Session | null>(null)
  const [failed, setFailed] = useState(false)
  const [subject, setSubject] = useState<CardBody | null>(null)
  const [draft, setDraft] = useState<Widget['draft']>(null)
  const language = useRef(locale)
  language.current = locale
  /** Counts sessions, so that one that starts too late is dropped. */
  const turn = useRef(0)
  const starting = useRef(false)
  const identity = useRef<string | undefined>(undefined)

  const end = useCallback(() => {
    turn.current++
    starting.current = false
    setSession((old) => {
      old?.close()
      return null
    })
  }, [])
  const start = useCallback(async () => {
    if (starting.current) return
    starting.current = true
    const mine = ++turn.current
    setFailed(false)
    try {
      const next = await startSession(merchantKey, language.current, identity.current)
      if (mine === turn.current) setSession(next)
      else next.close()
    } catch {
      if (mine !== turn.current) return
      starting.current = false
      setFailed(true)
    }
  }, [merchantKey])

  const handle = useRef<(message: ToFrame) => void>(() => {})
  handle.current = (message) => {
    switch (message.type) {
      case 'open':
        setOpen(true)
        return void start()
      case 'close':
        return setOpen(false)
      case 'identify':
        identity.current = message.token
        end()
        return void start()
      case 'context':
        return setSubject(cardOf(message.context))
      case 'draft':
        return setDraft({ text: message.text })
      case 'locale':
        document.documentElement.lang = message.locale
        return setLocale(message.locale)
      case 'theme':
        return applyTheme(message.theme)
      case 'logout':
        identity.current = undefined
        forget(merchantKey)
        end()
        if (open) void start()
    }
  }
  const tell = useMemo(() => connectLoader((message) => handle.current(message)), [])

  useEffect(() => {
    tell({ type: 'ready' })
    // Written here before: the thread is kept up with, so that the badge tells what came.
    if (savedToken(merchantKey) !== null) void start()
  }, [tell, start, merchantKey])
  const restart = useCallback(() => {
    end()
    void start()
  }, [end, start])
  const dropSubject = useCallback(() => setSubject(null), [])

  return { locale, open, session, failed, subject, draft, dropSubject, restart, tell }
}

/** An order says more than the product it is of. */
function cardOf({ product, order }: Context): CardBody | null {
  if (order) return { ...order, card: 'order' }
  return product ? { ...product, card: 'product' } : null
}

function applyTheme(theme: Theme): void {
  if (theme === 'auto') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}
