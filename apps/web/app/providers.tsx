'use client'

import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { ThemeProvider } from 'next-themes'
import { type ReactNode, useState } from 'react'
import { ToastProvider } from '../components/ui/toast.tsx'
import { ApiError } from '../lib/api.ts'

export function Providers({ nonce, children }: { nonce: string; children: ReactNode }) {
  const [queryClient] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: {
            // What changes is pushed; asking again on every focus would only cost.
            staleTime: 60_000,
            refetchOnWindowFocus: false,
            retry: (failures, error) => failures < 2 && !(error instanceof ApiError && error.status < 500),
          },
        },
      }),
  )
  return (
    <ThemeProvider attribute="data-theme" defaultTheme="system" nonce={nonce} disableTransitionOnChange={false}>
      <QueryClientProvider client={queryClient}>
        <ToastProvider>{children}</ToastProvider>
      </QueryClientProvider>
    </ThemeProvider>
  )
}
