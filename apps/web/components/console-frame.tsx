'use client'

import type { ReactNode } from 'react'
import { AccountMenu } from '../features/session/account-menu.tsx'
import { ConnectionBanner } from '../features/session/connection-banner.tsx'
import { ConsoleSessionProvider, useSession } from '../features/session/console-session.tsx'
import { Rail } from './rail.tsx'

/** Everything around a page of the console. */
export function ConsoleFrame({ children }: { children: ReactNode }) {
  return (
    <ConsoleSessionProvider waiting={<Waiting />}>
      <Frame>{children}</Frame>
    </ConsoleSessionProvider>
  )
}

function Frame({ children }: { children: ReactNode }) {
  const { me } = useSession()
  const admin = me.role === 'admin' || me.role === 'platform-admin'
  return (
    <div className="flex h-dvh max-md:flex-col">
      <Rail admin={admin} account={<AccountMenu />} />
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <ConnectionBanner />
        {children}
      </div>
    </div>
  )
}

function Waiting() {
  return (
    <div className="flex h-dvh" aria-busy="true">
      <div className="w-15 border-r border-line bg-surface max-md:hidden" />
      <div className="flex w-full flex-col gap-4 border-r border-line p-4 md:w-88">
        {['a', 'b', 'c', 'd', 'e'].map((row) => (
          <div key={row} className="flex gap-3">
            <div className="skeleton size-9 rounded-full" />
            <div className="flex flex-1 flex-col gap-2 pt-1">
              <div className="skeleton h-3 w-1/2" />
              <div className="skeleton h-3 w-4/5" />
            </div>
          </div>
        ))}
      </div>
    </div>
  )
}
