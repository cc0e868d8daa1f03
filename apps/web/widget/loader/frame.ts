import type { ToFrame, ToLoader } from '../bridge.ts'

export interface Frame {
  send(message: ToFrame): void
  focus(): void
  remove(): void
}

/**
 * The app, in a frame of its own origin. Both sides name the other's origin exactly; after the first
 * message they talk over a channel that nobody else holds. What is sent before is kept.
 */
export function createFrame(
  parent: HTMLElement,
  web: string,
  merchant: string,
  title: string,
  onMessage: (message: ToLoader) => void,
): Frame {
  const frame = document.createElement('iframe')
  const query = new URLSearchParams({ merchant, origin: location.origin })
  frame.title = title
  frame.src = `${web}/widget/frame?${query}`
  const channel = new MessageChannel()
  const waiting: ToFrame[] = []
  let ready = false
  channel.port1.onmessage = ({ data }: MessageEvent<ToLoader>) => {
    if (data.type === 'ready') {
      ready = true
      for (const message of waiting.splice(0)) channel.port1.postMessage(message)
    }
    onMessage(data)
  }
  frame.addEventListener(
    'load',
    () => frame.contentWindow?.postMessage({ type: 'waggle:hello' }, web, [channel.port2]),
    { once: true },
  )
  parent.append(frame)
  return {
    send: (message) => {
      if (ready) channel.port1.postMessage(message)
      else waiting.push(message)
    },
    focus: () => frame.focus(),
    remove: () => {
      channel.port1.close()
      frame.remove()
    },
  }
}
