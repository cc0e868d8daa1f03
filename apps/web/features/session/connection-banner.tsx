'use client'

import { WifiOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { useConnection, useSession } from './console-session.tsx'

/** A blip that heals within this many milliseconds is not worth a banner. */
const PATIENCE_MS = 1_500

/** Says when there is no connection, and how many messages wait for it. */
export function ConnectionBanner() {
  const t = useTranslations('connection')
  const { client } = useSession()
  const { connection, retryAt, pending } = useConnection()
  const [late, setLate] = useState(false)
  const now = useNow(connection !== 'online')

  useEffect(() => {
    if (connection === 'online') return setLate(false)
    const timer = setTimeout(() => setLate(true), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [connection])

  if (connection === 'online' || !late) return null
  const seconds = retryAt === null ? 0 : Math.max(1, Math.ceil((retryAt - now) / 1000))
  const state =
    connection === 'signed-out'
      ? t('signedOut')
      : connection === 'suspended'
        ? t('suspended', { seconds })
        : connection === 'offline' && seconds > 0
          ? t('offline', { seconds })
          : t('connecting')
  return (
    <div role="status" className="flex flex-wrap items-center gap-x-3 bg-paper px-4 py-1.5 text-list text-ink">
      <WifiOff className="size-4 text-amber" aria-hidden="true" />
      <span>{state}</span>
      {pending > 0 && <span>{t('pending', { count: pending })}</span>}
      {connection === 'signed-out' && (
        <button type="button" className="font-semibold underline underline-offset-4" onClick={() => client.connect()}>
          {t('signInAgain')}
        </button>
      )}
    </div>
  )
}

function useNow(running: boolean): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (!running) return
    const timer = setInterval(() => setNow(Date.now()), 1_000)
    return () => clearInterval(timer)
  }, [running])
  return now
}
