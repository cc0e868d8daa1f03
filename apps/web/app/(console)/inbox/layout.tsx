import { type ReactNode, Suspense } from 'react'
import { InboxFrame } from '../../../components/inbox-frame.tsx'

export default function InboxLayout({ children }: { children: ReactNode }) {
  return (
    <Suspense>
      <InboxFrame>{children}</InboxFrame>
    </Suspense>
  )
}
