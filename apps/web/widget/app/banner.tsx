import type { WaggleClient } from '@waggle/client'
import { useEffect, useMemo, useState } from 'preact/hooks'
import type { Texts } from './texts.ts'
import { useStore } from './use-store.ts'

/** A blip that heals within this many milliseconds is not worth a banner. */
const PATIENCE_MS = 1_500

interface BannerProps {
  client: WaggleClient
  texts: Texts
  onRestart(): void
}

/** Says when there is no connection and what waits for it. */
export function Banner({ client, texts, onRestart }: BannerProps) {
  const subscribe = useMemo(() => (listener: () => void) => client.subscribe(listener), [client])
  const { connection, pending, retryAt } = useStore(subscribe, client.getSnapshot)
  const [late, setLate] = useState(false)
  const online = connection === 'online'
  useEffect(() => {
    setLate(false)
    if (online) return
    const timer = setTimeout(() => setLate(true), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [online])
  if (online || !late) return null
  const seconds = Math.max(1, Math.ceil(((retryAt ?? 0) - Date.now()) / 1000))
  return (
    <p class="banner" role="status">
      {connection === 'signed-out'
        ? texts.signedOut
        : connection === 'suspended'
          ? texts.suspended(seconds)
          : texts.offline}{' '}
      {pending > 0 && texts.pending(pending)}
      {connection === 'signed-out' && (
        <button type="button" class="link" onClick={onRestart}>
          {texts.restart}
        </button>
      )}
    </p>
  )
}
