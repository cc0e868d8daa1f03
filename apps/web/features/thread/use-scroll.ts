'use client'

import type { ShownMessage } from '@waggle/client'
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'

/** Pixels from an edge within which one is "there". */
const NEAR_END = 60
const NEAR_START = 400

/**
 * Holds a thread still while it grows: at its end it follows what is new, anywhere else the messages in
 * sight stay where they are, also when older ones are put above them. The scroller has to be there at the first render.
 */
export function useScroll(messages: readonly ShownMessage[], onNearStart: () => void) {
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const [atEnd, setAtEnd] = useState(true)
  const following = useRef(true)
  const before = useRef({ firstId: '', height: 0 })
  const nearStart = useRef(onNearStart)
  useEffect(() => {
    nearStart.current = onNearStart
  })

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const firstId = messages[0]?.clientId ?? ''
    const last = messages.at(-1)
    const mineLast = last?.mine === true && last.seq === null
    const { firstId: oldFirst, height } = before.current
    if (following.current || mineLast) element.scrollTop = element.scrollHeight
    else if (oldFirst !== '' && oldFirst !== firstId) element.scrollTop += element.scrollHeight - height
    before.current = { firstId, height: element.scrollHeight }
  }, [messages])

  useEffect(() => {
    const element = scroller.current
    const inner = content.current
    if (!element || !inner) return
    let top = element.scrollTop
    const look = () => {
      const end = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END
      // Only a person scrolls up. Content that grows between a scroll and its event moves the end away, not them.
      if (end) following.current = true
      else if (element.scrollTop < top) following.current = false
      top = element.scrollTop
      setAtEnd(following.current)
      if (element.scrollTop < NEAR_START) nearStart.current()
    }
    element.addEventListener('scroll', look, { passive: true })
    // Pictures that load and a composer that grows move the end away.
    const observer = new ResizeObserver(() => {
      if (following.current) element.scrollTop = element.scrollHeight
      top = element.scrollTop
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
    const element = scroller.current
    following.current = true
    if (element) element.scrollTop = element.scrollHeight
  }, [])
  return { scroller, content, atEnd, toEnd }
}
