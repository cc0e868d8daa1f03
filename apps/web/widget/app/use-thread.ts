import type { ConversationSnapshot, ConversationStore } from '@waggle/client'
import type { CardBody, Conversation, MessageContent } from '@waggle/shared'
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { ToLoader } from '../bridge.ts'
import type { Session } from './session.ts'
import { useStore } from './use-store.ts'

export type Thread = ReturnType<typeof useThread>

const empty: ConversationSnapshot = {
  messages: [],
  loading: false,
  loadingOlder: false,
  loadError: null,
  hasOlder: false,
  participants: [],
  typing: [],
  viewers: [],
  readSeq: 0,
  head: 0,
}
const nothing = () => () => {}
const readEmpty = () => empty

/** The traveler's conversation: the newest one, or the one that their first message opens. */
export function useThread(session: Session, open: boolean, tell: (message: ToLoader) => void) {
  const { client } = session
  const [conversation, setConversation] = useState<Conversation | null>(null)
  const [conversationId, setConversationId] = useState<string | null>(null)
  const [loading, setLoading] = useState(true)
  const [failed, setFailed] = useState(false)
  const store = useMemo<ConversationStore | null>(
    () => (conversationId === null ? null : client.conversation(conversationId)),
    [client, conversationId],
  )
  const snapshot = useStore(store?.subscribe ?? nothing, store?.getSnapshot ?? readEmpty)
  const readClient = useMemo(() => () => client.unplaced(), [client])
  const subscribe = useMemo(() => (listener: () => void) => client.subscribe(listener), [client])
  const unplaced = useStore(subscribe, readClient)

  const load = useCallback(async () => {
    setFailed(false)
    try {
      const { items } = await session.conversations()
      const [newest] = items
      if (newest) {
        setConversation(newest)
        setConversationId(newest.id)
      }
    } catch {
      setFailed(true)
    }
    setLoading(false)
  }, [session])

  useEffect(() => void load(), [load])
  useEffect(() => void store?.open(), [store])
  useEffect(() => {
    const stops = [
      client.on('message', ({ message }) => setConversationId((id) => id ?? message.conversationId)),
      client.on('conversation', (event) => setConversation(event.conversation)),
      client.on('conversations-stale', () => void load()),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [client, load])

  const messages = useMemo(
    () => (unplaced.length === 0 ? snapshot.messages : [...snapshot.messages, ...unplaced]),
    [snapshot, unplaced],
  )
  const unread = messages.filter(({ mine, seq }) => !mine && seq !== null && seq > snapshot.readSeq).length
  const known = messages.length > 0
  useEffect(() => tell({ type: 'unread', count: open ? 0 : unread }), [tell, unread, open])
  useEffect(() => {
    if (known) tell({ type: 'known', known: true })
  }, [tell, known])

  const place = useRef(conversationId)
  place.current = conversationId
  const send = useCallback(
    (content: MessageContent, subject?: CardBody | null) => {
      const where = place.current === null ? {} : { conversationId: place.current }
      const { done } = client.send({ ...content, ...where, ...(subject ? { subject } : {}) })
      done.then(
        (message) => setConversationId((id) => id ?? message.conversationId),
        () => {},
      )
    },
    [client],
  )

  return {
    conversationId,
    conversation,
    messages,
    loading: loading || (snapshot.loading && messages.length === 0),
    failed: failed || (snapshot.loadError !== null && messages.length === 0),
    hasOlder: snapshot.hasOlder,
    loadingOlder: snapshot.loadingOlder,
    typists: snapshot.typing,
    readSeq: snapshot.readSeq,
    reload: useCallback(() => {
      setLoading(true)
      void load()
      void store?.open()
    }, [load, store]),
    loadOlder: useCallback(() => void store?.loadOlder(), [store]),
    markRead: useCallback((seq: number) => store?.markRead(seq), [store]),
    typing: useCallback((on: boolean) => store?.typing(on), [store]),
    send,
  }
}
