import type { Message, MessagePage } from '@waggle/shared'
import { vi } from 'vitest'
import { createWaggleClient } from '../client.ts'
import type { ClientOptions } from '../types.ts'
import { FakeTransport } from './fake-transport.ts'

export const C = 'conversation-1'

/** A client on a transport that a test answers by hand; what it told and what it shows. */
export function setup(options: Partial<ClientOptions> = {}) {
  const transport = new FakeTransport()
  const client = createWaggleClient({
    url: '',
    getToken: async () => '',
    platform: 'web',
    self: { kind: 'agent', id: 'me', name: 'Me' },
    transport,
    random: () => 0,
    ...options,
  })
  const seen: number[] = []
  client.on('message', ({ message }) => seen.push(message.seq))
  const texts = (id = C) =>
    client
      .conversation(id)
      .getSnapshot()
      .messages.map(({ content }) => (content.body as { text: string }).text)
  const ticks = (id = C) =>
    client
      .conversation(id)
      .getSnapshot()
      .messages.map(({ tick }) => tick)
  return { transport, client, seen, texts, ticks }
}

/** Lets what has been answered take effect. */
export const flush = () => vi.advanceTimersByTimeAsync(0)

/** The server's answer to a send: what was asked, with a seq. */
export function accepted(
  payload: { conversationId?: string; clientId: string; kind: string; body: object },
  seq: number,
) {
  const { conversationId = C, clientId, kind, body } = payload
  const sender = { kind: 'agent', id: 'me', name: 'Me' }
  const createdAt = '2026-11-24T00:00:00.000Z'
  return { ok: true, message: { id: `id${seq}`, conversationId, seq, clientId, sender, kind, body, createdAt } }
}

export const text = (words: string) => ({ conversationId: C, kind: 'text' as const, body: { text: words } })

/** The history by HTTP, from a list. */
export function historyOf(messages: Message[]): ClientOptions['history'] {
  return async (_id, { before = Number.POSITIVE_INFINITY, limit }): Promise<MessagePage> => {
    const older = messages.filter(({ seq }) => seq < before)
    return { items: older.slice(-limit), hasMore: older.length > limit }
  }
}
