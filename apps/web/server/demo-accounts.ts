import type { DemoAccount } from '@waggle/shared'
import { env } from '../env.ts'

/** The sign-ins of the demo data; none where there is no demo data or no answer. */
export async function demoAccountsOf(): Promise<readonly DemoAccount[]> {
  try {
    const response = await fetch(`${env.realtimeInternalUrl}/v1/demo`, { cache: 'no-store' })
    return response.ok ? ((await response.json()) as { accounts: DemoAccount[] }).accounts : []
  } catch {
    return []
  }
}
