/** What the page's loader and the frame's app say to each other. */
import type { CardBody } from '@waggle/shared'

export type Theme = 'light' | 'dark' | 'auto'

/** What the traveler is looking at, as the merchant's page tells it. */
export interface Context {
  product?: Omit<CardBody, 'card'>
  order?: Omit<CardBody, 'card'>
}

export type ToFrame =
  | { type: 'open' }
  | { type: 'close' }
  | { type: 'identify'; token: string }
  | { type: 'context'; context: Context }
  | { type: 'draft'; text: string }
  | { type: 'locale'; locale: string }
  | { type: 'theme'; theme: Theme }
  | { type: 'logout' }

export type ToLoader =
  | { type: 'ready' }
  | { type: 'unread'; count: number }
  | { type: 'close' }
  /** There is a thread: on the next page the frame is loaded without being asked for. */
  | { type: 'known'; known: boolean }
