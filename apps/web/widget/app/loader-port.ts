import type { ToFrame, ToLoader } from '../bridge.ts'

/**
 * Waits for the page that shows this frame. Only the origin that the frame was asked for may speak;
 * the policy of this page has already refused every origin that is not the merchant's.
 */
export function connectLoader(onMessage: (message: ToFrame) => void): (message: ToLoader) => void {
  const origin = new URLSearchParams(location.search).get('origin')
  let port: MessagePort | null = null
  const waiting: ToLoader[] = []
  addEventListener('message', (event: MessageEvent) => {
    if (event.source !== parent || event.origin !== origin || event.data?.type !== 'waggle:hello' || port) return
    port = event.ports[0] ?? null
    if (!port) return
    port.onmessage = ({ data }: MessageEvent<ToFrame>) => onMessage(data)
    for (const message of waiting.splice(0)) port.postMessage(message)
  })
  return (message) => {
    if (port) port.postMessage(message)
    else waiting.push(message)
  }
}
