'use client'

import { useQueryClient } from '@tanstack/react-query'
import type { Me } from '@waggle/shared'
import { useRouter, useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { ApiError, api } from '../../lib/api.ts'

/** Signs in and goes to where one wanted to go. `failure` is a key of the sign-in texts. */
export function useSignIn() {
  const router = useRouter()
  const queries = useQueryClient()
  const next = useSearchParams().get('next')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<'wrong' | 'unreachable' | null>(null)

  const signIn = async (email: string, password: string) => {
    setBusy(true)
    setFailure(null)
    try {
      const me = await api<Me>('POST', '/v1/auth/login', { email, password })
      queries.clear()
      queries.setQueryData(['me'], me)
      // Only a path of our own: `//host` would leave this site.
      router.push(next && /^\/(?![/\\])/.test(next) ? next : '/inbox')
    } catch (error) {
      setFailure(error instanceof ApiError && (error.status === 401 || error.status === 422) ? 'wrong' : 'unreachable')
      setBusy(false)
    }
  }
  return { signIn, busy, failure }
}
