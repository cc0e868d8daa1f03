'use client'

import { Popover } from '@base-ui/react/popover'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { AgentStatus, Me } from '@waggle/shared'
import { clsx } from 'clsx'
import { Check, LogOut } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { Preferences } from '../../components/preferences.tsx'
import { Avatar } from '../../components/ui/avatar.tsx'
import { useToast } from '../../components/ui/toast.tsx'
import { api } from '../../lib/api.ts'
import { useSession } from './console-session.tsx'

const statuses = ['online', 'busy', 'away'] as const
const dots: Record<AgentStatus, string> = { online: 'bg-green', busy: 'bg-red', away: 'bg-amber', offline: 'bg-ink-3' }

/** One's own face in the rail: status, merchant, language, appearance, sign out. */
export function AccountMenu() {
  const t = useTranslations()
  const { me } = useSession()
  return (
    <Popover.Root>
      <Popover.Trigger
        aria-label={`${t('nav.account')}: ${me.user.name}, ${t(`status.${me.status}`)}`}
        className="relative rounded-full"
      >
        <Avatar name={me.user.name} />
        <span
          className={clsx('absolute right-0 bottom-0 size-3 rounded-full border-2 border-surface', dots[me.status])}
          aria-hidden="true"
        />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner side="top" align="start" sideOffset={8} className="z-40">
          <Popover.Popup className="appear flex w-72 flex-col gap-3 rounded-md border border-line bg-raised p-3 shadow-soft">
            <div className="px-1">
              <Popover.Title className="font-semibold">{me.user.name}</Popover.Title>
              <p className="text-xs text-ink-3">
                {me.user.email} · {t(`roles.${me.role}`)}
              </p>
            </div>
            <StatusChoice />
            <MerchantChoice />
            <Preferences />
            <SignOut />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

function StatusChoice() {
  const t = useTranslations('status')
  const toast = useToast()
  const queries = useQueryClient()
  const { me, client } = useSession()
  const change = useMutation({
    mutationFn: (status: (typeof statuses)[number]) => client.setStatus(status),
    onSuccess: (_, status) => queries.setQueryData<Me>(['me'], (old) => old && { ...old, status }),
    onError: () => toast(t('failed')),
  })
  return (
    <fieldset className="flex flex-col">
      <legend className="sr-only">{t('label')}</legend>
      {statuses.map((status) => (
        <label key={status} className="flex cursor-pointer items-center gap-2.5 rounded-sm px-2 py-1.5 hover:bg-sunken">
          <input
            type="radio"
            name="status"
            className="peer sr-only"
            checked={me.status === status}
            onChange={() => change.mutate(status)}
          />
          <span className={clsx('size-2.5 rounded-full', dots[status])} aria-hidden="true" />
          <span className="flex-1 rounded-sm peer-focus-visible:outline-2 peer-focus-visible:outline-honey">
            <span className="block text-list font-medium">{t(status)}</span>
            <span className="block text-xs text-ink-3">{t(`${status}Hint`)}</span>
          </span>
          {me.status === status && <Check className="size-4" aria-hidden="true" />}
        </label>
      ))}
    </fieldset>
  )
}

function MerchantChoice() {
  const t = useTranslations('nav')
  const queries = useQueryClient()
  const router = useRouter()
  const { me } = useSession()
  if (me.merchants.length < 2) return null
  const change = async (merchantId: string) => {
    const next = await api<Me>('POST', '/v1/auth/switch', { merchantId })
    queries.clear()
    queries.setQueryData(['me'], next)
    router.push('/inbox')
  }
  return (
    <label className="flex flex-col gap-1 px-1 text-xs text-ink-3">
      {t('merchant')}
      <select
        value={me.merchant.id}
        onChange={(event) => void change(event.target.value)}
        className="h-8 rounded-sm border border-line-strong bg-raised px-2 text-list text-ink"
      >
        {me.merchants.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}

function SignOut() {
  const t = useTranslations('nav')
  const queries = useQueryClient()
  const router = useRouter()
  const signOut = async () => {
    await api('POST', '/v1/auth/logout').catch(() => {})
    queries.clear()
    router.push('/sign-in')
  }
  return (
    <button
      type="button"
      onClick={() => void signOut()}
      className="flex items-center gap-2.5 rounded-sm px-2 py-1.5 text-left text-list hover:bg-sunken"
    >
      <LogOut className="size-4" aria-hidden="true" /> {t('signOut')}
    </button>
  )
}
