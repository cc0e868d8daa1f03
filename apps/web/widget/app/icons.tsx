import type { Tick } from '@waggle/client'
import type { ComponentChildren } from 'preact'

function Icon({ children, size = 20 }: { children: ComponentChildren; size?: number }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  )
}

export const CloseIcon = () => (
  <Icon>
    <path d="M6 6l12 12M18 6L6 18" />
  </Icon>
)
export const SendIcon = () => (
  <Icon>
    <path d="M4 12l16-8-6 16-3-7z" />
  </Icon>
)
export const ClipIcon = () => (
  <Icon>
    <path d="M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.5 3.5 0 0 1 5 5l-8.5 8.5a2 2 0 0 1-3-3L14 7" />
  </Icon>
)
export const DownIcon = () => (
  <Icon size={16}>
    <path d="M12 5v14M6 13l6 6 6-6" />
  </Icon>
)
export const FileIcon = () => (
  <Icon size={24}>
    <path d="M14 3H6v18h12V7zM14 3v4h4" />
  </Icon>
)

const tickPaths: Record<Tick, string> = {
  pending: 'M12 7v5l3 2M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z',
  sent: 'M5 12l5 5 9-10',
  delivered: 'M2 12l5 5 8-10M11 16l1 1 9-10',
  read: 'M2 12l5 5 8-10M11 16l1 1 9-10',
  failed: 'M12 8v5M12 16v.5M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z',
}
export const TickIcon = ({ tick }: { tick: Tick }) => (
  <Icon size={14}>
    <path d={tickPaths[tick]} />
  </Icon>
)
