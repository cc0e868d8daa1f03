import type { ToFrame, ToLoader } from '../bridge.ts'
import { type Commands, type Global, install } from './commands.ts'
import { createFrame, type Frame } from './frame.ts'
import { createLauncher } from './launcher.ts'
import { textsFor } from './texts.ts'

const script = (document.currentScript ?? document.querySelector('script[data-merchant]')) as HTMLScriptElement | null

/** Nothing is loaded and nothing connected before somebody means to write, or has written here before. */
function start(web: string, merchant: string): Commands {
  const knownKey = `waggle.${merchant}.known`
  const listeners = new Map<string, ((payload: unknown) => void)[]>()
  let locale = document.documentElement.lang || navigator.language
  /** Kept until there is a frame to tell: looking at a product or choosing a theme is no wish to write. */
  const quiet = new Map<string, ToFrame>()
  let frame: Frame | null = null
  let isOpen = false

  const emit = (event: string, payload: unknown = null) => {
    for (const listener of listeners.get(event) ?? []) listener(payload)
  }
  const load = () => {
    if (frame) return frame
    frame = createFrame(launcher.panel, web, merchant, textsFor(locale).title, received)
    frame.send({ type: 'locale', locale })
    for (const message of quiet.values()) frame.send(message)
    return frame
  }
  const send = (message: ToFrame) => load().send(message)
  const tell = (message: ToFrame) => {
    quiet.set(message.type, message)
    frame?.send(message)
  }
  const setOpen = (next: boolean) => {
    if (isOpen === next) return
    isOpen = next
    launcher.setOpen(next)
    send({ type: next ? 'open' : 'close' })
    if (next) frame?.focus()
    else launcher.focus()
    emit(next ? 'open' : 'close')
  }
  function received(message: ToLoader): void {
    if (message.type === 'unread') {
      launcher.setUnread(message.count)
      emit('unread', message.count)
    } else if (message.type === 'close') setOpen(false)
    else if (message.type === 'ready') emit('ready')
    else remember(knownKey, message.known)
  }

  const launcher = createLauncher(locale, () => setOpen(!isOpen), load)
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && isOpen) setOpen(false)
  })
  if (recalls(knownKey)) addIdle(load)

  return {
    boot: () => {},
    identify: (token) => tell({ type: 'identify', token }),
    setContext: (context) => tell({ type: 'context', context }),
    open: () => setOpen(true),
    close: () => setOpen(false),
    showNewMessage: (text = '') => {
      send({ type: 'draft', text })
      setOpen(true)
    },
    setLocale: (next) => {
      locale = next
      launcher.setLocale(next)
      frame?.send({ type: 'locale', locale })
    },
    setTheme: (theme) => tell({ type: 'theme', theme }),
    on: (event, listener) => listeners.set(event, [...(listeners.get(event) ?? []), listener]),
    logout: () => {
      remember(knownKey, false)
      quiet.delete('identify')
      send({ type: 'logout' })
    },
  }
}

function recalls(key: string): boolean {
  try {
    return localStorage.getItem(key) === '1'
  } catch {
    return false
  }
}

function remember(key: string, known: boolean): void {
  try {
    if (known) localStorage.setItem(key, '1')
    else localStorage.removeItem(key)
  } catch {
    // A page without storage: the frame is loaded on the first click.
  }
}

const addIdle = (run: () => void) => ('requestIdleCallback' in window ? requestIdleCallback(run) : setTimeout(run, 500))
const report = (message: string) => window.console.warn(message)

const key = script?.dataset.merchant
if (script && key) {
  const begin = () => install(window as { Waggle?: Global }, start(new URL(script.src).origin, key), report)
  if (document.body) begin()
  else addEventListener('DOMContentLoaded', begin)
} else {
  report('Waggle: the script tag has no data-merchant')
}
