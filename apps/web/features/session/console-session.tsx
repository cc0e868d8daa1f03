'use client'

import { useQuery } from '@tanstack/react-query'
import { createWaggleClient, type WaggleClient } from '@waggle/client'
import type { Me, MessagePage, SocketToken } from '@waggle/shared'
import { usePathname, useRouter } from 'next/navigation'
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import { ApiError, api } from '../../lib/api.ts'

interface ConsoleSession {
  me: Me
  client: WaggleClient
}

const SessionContext = createContext<ConsoleSession | null>(null)

/** Who is signed in, and their connection. Only inside `ConsoleSessionProvider`. */
export function useSession(): ConsoleSession {
  const session = useContext(SessionContext)
  if (!session) throw new Error('no ConsoleSessionProvider above')
  return session
}

export function useConnection() {
  const { client } = useSession()
  return useSyncExternalStore(client.subscribe.bind(client), client.getSnapshot, client.getSnapshot)
}

/**
 * Signs the page in: asks who one is, then connects. Whoever is not signed in goes to the sign-in page.
 * @param children shown once there is a connection to use, which may still be opening.
 * @param waiting shown until then.
 */
export function ConsoleSessionProvider({ children, waiting }: { children: ReactNode; waiting: ReactNode }) {
  const router = useRouter()
  const path = usePathname()
  const { data: me, error, refetch } = useQuery({ queryKey: ['me'], queryFn: () => api<Me>('GET', '/v1/me') })
  const client = useClient(me)
  const signedOut = error instanceof ApiError && error.status === 401

  useEffect(() => {
    if (signedOut) router.replace(`/sign-in?next=${encodeURIComponent(path)}`)
  }, [signedOut, router, path])
  useEffect(() => {
    if (!error || signedOut) return
    // The server may only be restarting; whoever opened the page should not have to reload it.
    const timer = setTimeout(() => void refetch(), 2_000)
    return () => clearTimeout(timer)
  }, [error, signedOut, refetch])

  if (!me || !client) return waiting
  return <SessionContext value={{ me, client }}>{children}</SessionContext>
}

function useClient(me: Me | undefined): WaggleClient | null {
  const [client, setClient] = useState<WaggleClient | null>(null)
  const userId = me?.user.id
  const name = me?.user.name
  const merchantId = me?.merchant.id
  useEffect(() => {
    if (!userId || !name || !merchantId) return
    let current: WaggleClient | null = null
    let ended = false
    // The address comes with the first token; the client asks for a new token before every attempt.
    const begin = () =>
      socketToken()
        .then(({ realtimeUrl }) => {
          if (ended) return
          current = connect(realtimeUrl, { kind: 'agent', id: userId, name })
          setClient(current)
        })
        .catch(() => {
          if (!ended) timer = setTimeout(begin, 2_000)
        })
    let timer: ReturnType<typeof setTimeout> | undefined
    void begin()
    return () => {
      ended = true
      clearTimeout(timer)
      current?.close()
      setClient(null)
    }
  }, [userId, name, merchantId])
  return client
}

const socketToken = () => api<SocketToken>('POST', '/v1/auth/socket-token')

function connect(url: string, self: { kind: 'agent'; id: string; name: string }): WaggleClient {
  return createWaggleClient({
    url,
    getToken: async () => (await socketToken()).token,
    platform: 'web',
    self,
    storage: localStorage,
    history: (conversationId, { before, limit }) => {
      const query = new URLSearchParams({ limit: String(limit) })
      if (before !== undefined) query.set('before', String(before))
      return api<MessagePage>('GET', `/v1/conversations/${conversationId}/messages?${query}`)
    },
  })
}
