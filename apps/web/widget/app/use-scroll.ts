import type { ShownMessage } from '@waggle/client'
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'

/** Pixels from an edge within which one is "there". */
const NEAR_END = 60
const NEAR_START = 200

/** Follows the end as long as one is there; otherwise what is in sight stays where it is. */
export function useScroll(messages: readonly ShownMessage[], onNearStart: () => void) {
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const [atEnd, setAtEnd] = useState(true)
  const following = useRef(true)
  const before = useRef({ firstId: '', height: 0 })
  const nearStart = useRef(onNearStart)
  nearStart.current = onNearStart

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const firstId = messages[0]?.clientId ?? ''
    const last = messages.at(-1)
    const justSent = last?.mine === true && last.seq === null
    if (following.current || justSent) element.scrollTop = element.scrollHeight
    else if (before.current.firstId !== '' && before.current.firstId !== firstId) {
      element.scrollTop += element.scrollHeight - before.current.height
    }
    before.current = { firstId, height: element.scrollHeight }
  }, [messages])

  useEffect(() => {
    const element = scroller.current
    const inner = content.current
    if (!element || !inner) return
    const look = () => {
      following.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END
      setAtEnd(following.current)
      if (element.scrollTop < NEAR_START) nearStart.current()
    }
    element.addEventListener('scroll', look, { passive: true })
    const observer = new ResizeObserver(() => {
      if (following.current) element.scrollTop = element.scrollHeight
      before.current.height = element.scrollHeight
    })
    observer.observe(inner)
    observer.observe(element)
    return () => {
      element.removeEventListener('scroll', look)
      observer.disconnect()
    }
  }, [])

  const toEnd = useCallback(() => {
    if (scroller.current) scroller.current.scrollTop = scroller.current.scrollHeight
  }, [])
  return { scroller, content, atEnd, toEnd }
}
