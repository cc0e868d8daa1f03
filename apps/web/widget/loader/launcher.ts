import { textsFor } from './texts.ts'

/** A sheet made by script is not an inline style: it works under the strictest policy of a page. */
const css = `
:host{all:initial;--c:#f5b83d;--t:#2b1d05}
button{position:fixed;right:20px;bottom:20px;z-index:2147483000;width:60px;height:60px;border:0;border-radius:50%;background:var(--c);color:var(--t);cursor:pointer;box-shadow:0 2px 6px rgb(0 0 0/.16),0 8px 28px rgb(0 0 0/.18);transition:transform .15s}
button:hover{transform:scale(1.05)}
button:focus-visible{outline:3px solid #fff;outline-offset:0;box-shadow:0 0 0 6px #1c1a17}
svg{width:32px;height:32px;display:block;margin:auto}
span{position:absolute;top:-4px;right:-4px;min-width:20px;padding:0 5px;box-sizing:border-box;border-radius:10px;background:#b42318;color:#fff;font:600 12px/20px system-ui,sans-serif}
span:empty{display:none}
.panel{position:fixed;right:20px;bottom:92px;z-index:2147483000;width:392px;height:min(704px,calc(100dvh - 112px));border-radius:16px;overflow:hidden;background:#fff;box-shadow:0 4px 12px rgb(0 0 0/.1),0 16px 56px rgb(0 0 0/.22)}
.panel[hidden]{display:block;visibility:hidden;pointer-events:none}
iframe{width:100%;height:100%;border:0;display:block;color-scheme:normal}
@media(max-width:639px){.panel{inset:0;width:auto;height:100dvh;border-radius:0}.open button{display:none}}
@media(prefers-reduced-motion:reduce){button{transition:none}}`

const mark =
  'M16 16c-3.4-5-6-7-8.7-7A6.6 6.6 0 0 0 1 15.9 6.6 6.6 0 0 0 7.3 23c2.7 0 5.3-2 8.7-7s6-7 8.7-7A6.6 6.6 0 0 1 31 15.9 6.6 6.6 0 0 1 24.7 23c-2.7 0-5.3-2-8.7-7Z'

export interface Launcher {
  /** Where the frame goes. */
  panel: HTMLElement
  setOpen(open: boolean): void
  setUnread(count: number): void
  setLocale(locale: string): void
  focus(): void
  remove(): void
}

/** The round button at the corner of the page and the panel above it, apart from the page's own styles. */
export function createLauncher(locale: string, onToggle: () => void, onIntent: () => void): Launcher {
  const host = document.createElement('waggle-launcher')
  const root = host.attachShadow({ mode: 'open' })
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  root.adoptedStyleSheets = [sheet]

  const wrap = document.createElement('div')
  const panel = document.createElement('div')
  panel.className = 'panel'
  panel.hidden = true
  const button = document.createElement('button')
  button.type = 'button'
  const badge = document.createElement('span')
  badge.setAttribute('aria-hidden', 'true')
  button.append(icon(), badge)
  wrap.append(panel, button)
  root.append(wrap)
  document.body.append(host)

  let open = false
  let unread = 0
  let texts = textsFor(locale)
  const label = () => {
    button.setAttribute('aria-label', open ? texts.close : texts.open + (unread > 0 ? texts.unread(unread) : ''))
    button.setAttribute('aria-expanded', String(open))
    panel.setAttribute('aria-label', texts.title)
  }
  panel.setAttribute('role', 'dialog')
  button.addEventListener('click', onToggle)
  for (const event of ['pointerenter', 'focus', 'touchstart'] as const) {
    button.addEventListener(event, onIntent, { passive: true })
  }
  label()

  return {
    panel,
    setOpen: (next) => {
      open = next
      panel.hidden = !next
      wrap.className = next ? 'open' : ''
      label()
    },
    setUnread: (count) => {
      unread = count
      badge.textContent = count === 0 ? '' : count > 99 ? '99+' : String(count)
      label()
    },
    setLocale: (next) => {
      texts = textsFor(next)
      label()
    },
    focus: () => button.focus(),
    remove: () => host.remove(),
  }
}

function icon(): SVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  const attributes = { viewBox: '0 0 32 32', fill: 'none', 'aria-hidden': 'true' }
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value)
  const path = document.createElementNS(svg.namespaceURI, 'path')
  const strokes = { d: mark, stroke: 'currentColor', 'stroke-width': '2.8', 'stroke-linejoin': 'round' }
  for (const [name, value] of Object.entries(strokes)) path.setAttribute(name, value)
  svg.append(path)
  return svg as SVGElement
}
