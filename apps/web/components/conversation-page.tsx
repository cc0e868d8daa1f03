'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Conversation, MessageContent } from '@waggle/shared'
import { useTranslations } from 'next-intl'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { Composer, type ComposerHandle } from '../features/composer/composer.tsx'
import { markListRead } from '../features/inbox/use-conversations.ts'
import { useSession } from '../features/session/console-session.tsx'
import { Thread } from '../features/thread/thread.tsx'
import { ThreadHeader } from '../features/thread/thread-header.tsx'
import { useConversationActions } from '../features/thread/use-conversation-actions.ts'
import { TravelerPanel } from '../features/traveler/traveler-panel.tsx'
import { ApiError, api } from '../lib/api.ts'
import { useShortcuts } from '../lib/shortcuts.ts'
import { Button } from './ui/button.tsx'
import { Face } from './ui/face.tsx'

/** One conversation: header, thread, composer, and who the traveler is. */
export function ConversationPage({ id }: { id: string }) {
  const t = useTranslations()
  const queries = useQueryClient()
  const { me, client } = useSession()
  const store = useMemo(() => client.conversation(id), [client, id])
  const composer = useRef<ComposerHandle>(null)
  const [details, setDetails] = useState(false)
  const { data, error, refetch } = useQuery({
    queryKey: ['conversation', id],
    queryFn: async () => (await api<{ conversation: Conversation }>('GET', `/v1/conversations/${id}`)).conversation,
  })
  const actions = useConversationActions(id)

  useEffect(() => {
    void store.open()
    client.viewing(id)
    return () => client.viewing(null)
  }, [client, store, id])
  useEffect(() => {
    if (data) client.track(id, data.head, data.participants)
  }, [client, data, id])
  useShortcuts({
    r: () => composer.current?.focus('reply'),
    n: () => composer.current?.focus('note'),
    i: () => void actions.claim(),
    e: () => void (data?.status === 'resolved' ? actions.reopen() : actions.resolve()),
  })
  const onRead = useCallback(
    (seq: number) => {
      store.markRead(seq)
      markListRead(queries, id)
    },
    [store, queries, id],
  )
  const onDiscard = useCallback((content: MessageContent) => composer.current?.restore(content), [])

  if (error instanceof ApiError && error.status === 404) {
    return <Face title={t('thread.missing')} hint={t('thread.missingHint')} />
  }
  if (error && !data) {
    return (
      <Face title={t('thread.failed')}>
        <Button onClick={() => void refetch()}>{t('common.retry')}</Button>
      </Face>
    )
  }
  return (
    <div className="flex min-h-0 flex-1">
      <div className="flex min-w-0 flex-1 flex-col">
        <ThreadHeader
          conversation={data}
          store={store}
          agentId={me.user.id}
          actions={actions}
          onDetails={() => setDetails((open) => !open)}
        />
        <Thread
          store={store}
          client={client}
          travelerHue={data?.traveler.avatarHue}
          readBefore={data && (data.participants.find((mark) => mark.participantId === me.user.id)?.readSeq ?? 0)}
          onRead={onRead}
          onDiscard={onDiscard}
        />
        <Composer ref={composer} conversationId={id} client={client} conversation={data} onTyping={store.typing} />
      </div>
      {data && <TravelerPanel conversation={data} open={details} onClose={() => setDetails(false)} />}
    </div>
  )
}
