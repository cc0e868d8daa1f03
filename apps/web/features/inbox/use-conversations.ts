'use client'

import { type QueryClient, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import type { WaggleClient } from '@waggle/client'
import type { ConversationPage, ConversationView, Message } from '@waggle/shared'
import { previewOf } from '@waggle/shared/text'
import { useEffect } from 'react'
import { api } from '../../lib/api.ts'
import { type Pages, withConversation, withMessage, withRead } from './conversation-pages.ts'

const views: ConversationView[] = ['mine', 'unassigned', 'all', 'resolved']
const key = (view: ConversationView) => ['conversations', view] as const

/** One view of the inbox, page by page. */
export function useConversations(view: ConversationView, client: WaggleClient) {
  const query = useInfiniteQuery({
    queryKey: key(view),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam }) => {
      const params = new URLSearchParams({ view, limit: '50', ...(pageParam ? { cursor: pageParam } : {}) })
      return api<ConversationPage>('GET', `/v1/conversations?${params}`)
    },
    getNextPageParam: (page) => page.nextCursor,
  })
  const items = query.data?.pages.flatMap((page) => page.items) ?? []
  // What is in a list is kept up with: a gap is noticed by comparing heads.
  useEffect(() => {
    for (const { id, head, participants } of query.data?.pages.flatMap((page) => page.items) ?? []) {
      client.track(id, head, participants)
    }
  }, [query.data, client])
  return { ...query, items }
}

/** Keeps every list that is in memory true, without asking again. Once per console. */
export function useLiveLists(client: WaggleClient, agentId: string): void {
  const queries = useQueryClient()
  useEffect(() => {
    const change = (apply: (pages: Pages, view: ConversationView) => Pages) => changeLists(queries, apply)
    const stops = [
      client.on('conversation', ({ conversation }) => {
        queries.setQueryData(['conversation', conversation.id], conversation)
        change((pages, view) => withConversation(pages, conversation, view, agentId))
      }),
      client.on('message', ({ message }) =>
        change((pages) => withMessage(pages, message, previewIn(message), agentId)),
      ),
      client.on('receipt', ({ participantId, conversationId }) => {
        if (participantId === agentId) change((pages) => withRead(pages, conversationId))
      }),
      client.on('conversations-stale', () => void queries.invalidateQueries({ queryKey: ['conversations'] })),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [client, queries, agentId])
}

/** At once, without waiting for the server's own mark to come back. */
export function markListRead(queries: QueryClient, conversationId: string): void {
  changeLists(queries, (pages) => withRead(pages, conversationId))
}

function changeLists(queries: QueryClient, apply: (pages: Pages, view: ConversationView) => Pages): void {
  for (const view of views) {
    queries.setQueryData<Pages>(key(view), (pages) => pages && apply(pages, view))
  }
}

function previewIn({ body }: Message): string {
  const { text, title, name } = body as { text?: string; title?: string; name?: string }
  return previewOf(text ?? title ?? name ?? '')
}
