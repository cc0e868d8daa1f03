import { createWaggleClient, type WaggleClient } from '@waggle/client'
import type { AttachmentAnswer, ConversationPage, MessagePage, Problem, WidgetSession } from '@waggle/shared'

/** One traveler on one device. */
export interface Session {
  info: WidgetSession
  client: WaggleClient
  conversations(): Promise<ConversationPage>
  upload(file: File): Promise<AttachmentAnswer['attachment']>
  /** A file of the conversation as a URL that an `<img>` can show. */
  download(attachmentId: string): Promise<Blob>
  close(): void
}

const key = (merchantKey: string) => `waggle.${merchantKey}.token`

/** A token of an earlier visit; a page without storage has none. */
export function savedToken(merchantKey: string): string | null {
  try {
    return localStorage.getItem(key(merchantKey))
  } catch {
    return null
  }
}

/** On a shared device nothing must be left: the token, and what was typed and not sent. */
export function forget(merchantKey: string): void {
  try {
    for (const name of Object.keys(localStorage)) {
      if (name === key(merchantKey) || name.startsWith('waggle.outbox.')) localStorage.removeItem(name)
    }
  } catch {
    // Nothing was kept then.
  }
}

/** Becomes a traveler: vouched for by the merchant, known from before, or new. @throws Problem */
export async function startSession(merchantKey: string, locale: string, identityToken?: string): Promise<Session> {
  const resumeToken = identityToken === undefined ? savedToken(merchantKey) : null
  const info = await request<WidgetSession>('POST', '/v1/widget/sessions', null, {
    merchantKey,
    locale,
    ...(identityToken === undefined ? {} : { identityToken }),
    ...(resumeToken === null ? {} : { resumeToken }),
  })
  try {
    localStorage.setItem(key(merchantKey), info.token)
  } catch {
    // The next visit starts anew.
  }
  const ask = <T>(method: string, path: string, body?: object) => request<T>(method, path, info.token, body)
  const client = createWaggleClient({
    url: info.realtimeUrl,
    getToken: async () => info.token,
    platform: matchMedia('(max-width: 639px)').matches ? 'h5' : 'web',
    self: { kind: 'traveler', id: info.traveler.id, name: info.traveler.name },
    history: (id, { before, limit }) => {
      const query = new URLSearchParams({
        limit: String(limit),
        ...(before === undefined ? {} : { before: String(before) }),
      })
      return ask<MessagePage>('GET', `/v1/conversations/${id}/messages?${query}`)
    },
    ...storageOption(),
  })
  return {
    info,
    client,
    conversations: () => ask<ConversationPage>('GET', '/v1/conversations?limit=1'),
    upload: async (file) => {
      const form = new FormData()
      form.set('file', file)
      return (await ask<AttachmentAnswer>('POST', '/v1/attachments', form)).attachment
    },
    download: async (attachmentId) => {
      const response = await fetch(`/v1/attachments/${attachmentId}`, { headers: bearer(info.token) })
      if (!response.ok) throw new Error(String(response.status))
      return response.blob()
    },
    close: () => client.close(),
  }
}

function storageOption(): { storage?: Storage } {
  try {
    return { storage: localStorage }
  } catch {
    return {}
  }
}

const bearer = (token: string | null): Record<string, string> =>
  token === null ? {} : { authorization: `Bearer ${token}` }

async function request<T>(method: string, path: string, token: string | null, body?: object): Promise<T> {
  const isForm = body instanceof FormData
  const response = await fetch(path, {
    method,
    headers: { ...bearer(token), ...(body && !isForm ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: isForm ? body : JSON.stringify(body) } : {}),
  })
  const answer = (await response.json()) as T & Problem
  if (!response.ok) throw Object.assign(new Error(answer.detail), { code: answer.code, status: response.status })
  return answer
}
