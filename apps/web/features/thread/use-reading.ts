'use client'

import type { ShownMessage } from '@waggle/client'
import { useEffect, useState, useSyncExternalStore } from 'react'

const isVisible = () => document.visibilityState === 'visible'
const onVisibility = (listener: () => void) => {
  document.addEventListener('visibilitychange', listener)
  return () => document.removeEventListener('visibilitychange', listener)
}

/**
 * What stands on a visible screen, at its end, has been read.
 * @returns the seq behind which the divider of what was new stands, or null. It stays where it is while one
 *   reads on, and moves when one has been away.
 */
export function useReading(
  messages: readonly ShownMessage[],
  readSeq: number,
  atEnd: boolean,
  onRead: (seq: number) => void,
): number | null {
  const visible = useSyncExternalStore(onVisibility, isVisible, () => true)
  const reading = atEnd && visible
  const newest = messages.findLast((message) => message.seq !== null && !message.mine)?.seq ?? 0
  const [divider, setDivider] = useState(() => ({ after: newest > readSeq ? readSeq : null, wasReading: reading }))

  // Whoever comes back finds the divider where they left; whoever has seen everything finds none.
  if (divider.wasReading !== reading) {
    const away = divider.wasReading
    setDivider({ wasReading: reading, after: away ? readSeq : divider.after })
  }
  useEffect(() => {
    if (reading && newest > readSeq) onRead(newest)
  }, [reading, newest, readSeq, onRead])
  return divider.after
}
