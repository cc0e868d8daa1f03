'use client'

import { useQueryClient } from '@tanstack/react-query'
import type { Conversation } from '@waggle/shared'
import { useTranslations } from 'next-intl'
import { useToast } from '../../components/ui/toast.tsx'
import { ApiError, api } from '../../lib/api.ts'

export interface ConversationActions {
  claim(): Promise<void>
  resolve(): Promise<void>
  reopen(): Promise<void>
}

/** Takes, resolves and reopens; what goes wrong is said in the words of the server. */
export function useConversationActions(id: string): ConversationActions {
  const t = useTranslations('thread')
  const toast = useToast()
  const queries = useQueryClient()

  const post = async (verb: 'claim' | 'resolve' | 'reopen', undo?: () => void) => {
    try {
      const { conversation } = await api<{ conversation: Conversation }>('POST', `/v1/conversations/${id}/${verb}`)
      queries.setQueryData(['conversation', id], conversation)
      if (undo) toast(t('resolvedDone'), { label: t('reopen'), run: undo })
      if (verb === 'reopen') toast(t('reopenedDone'))
    } catch (error) {
      // "Taken by Ling" says it all; anything else needs a word around it.
      const { message } = error as Error
      toast(error instanceof ApiError && error.code === 'conflict' ? message : t('actionFailed', { reason: message }))
      await queries.invalidateQueries({ queryKey: ['conversation', id] })
    }
  }
  const reopen = () => post('reopen')
  return { claim: () => post('claim'), reopen, resolve: () => post('resolve', () => void reopen()) }
}
