'use client'

import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react'

interface Toast {
  id: number
  text: string
  action?: { label: string; run: () => void }
}

type Show = (text: string, action?: Toast['action']) => void

const ToastContext = createContext<Show>(() => {})

/** Long enough to read a sentence and to reach for Undo. Milliseconds. */
const STAY_MS = 8_000

/** A short message at the edge of the screen, read out by screen readers. */
export function useToast(): Show {
  return useContext(ToastContext)
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const [toasts, setToasts] = useState<Toast[]>([])
  const remove = useCallback((id: number) => setToasts((all) => all.filter((toast) => toast.id !== id)), [])
  const show = useMemo<Show>(() => {
    let last = 0
    return (text, action) => {
      const id = ++last
      setToasts((all) => [...all.slice(-2), { id, text, ...(action ? { action } : {}) }])
      setTimeout(() => remove(id), STAY_MS)
    }
  }, [remove])
  return (
    <ToastContext value={show}>
      {children}
      <div
        role="status"
        className="pointer-events-none fixed inset-x-0 bottom-4 z-50 max-md:bottom-20 flex flex-col items-center gap-2 px-4"
      >
        {toasts.map(({ id, text, action }) => (
          <div
            key={id}
            className="appear pointer-events-auto flex max-w-lg items-center gap-3 rounded-md bg-ink px-4 py-2.5 text-canvas shadow-soft"
          >
            <span>{text}</span>
            {action && (
              <button
                type="button"
                className="font-semibold underline underline-offset-4"
                onClick={() => {
                  remove(id)
                  action.run()
                }}
              >
                {action.label}
              </button>
            )}
          </div>
        ))}
      </div>
    </ToastContext>
  )
}
