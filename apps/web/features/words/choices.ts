import type { WordAction, WordDirection } from '@waggle/shared'

export const wordActions = ['block', 'mask', 'review'] as const satisfies WordAction[]
export const wordDirections = ['both', 'traveler-to-agent', 'agent-to-traveler'] as const satisfies WordDirection[]
