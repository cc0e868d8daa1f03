import type { Business } from '@waggle/business'
import type { DemoAccount } from '@waggle/shared'
import type { ConnectionRegistry } from '../../cluster/connection-registry.ts'
import type { NodeInfo } from '../../cluster/node-leases.ts'
import type { Gatekeeper } from '../../gatekeeper.ts'
import type { HttpApp } from '../../http-app.ts'
import type { Callers } from '../http/caller.ts'

/** What every file of routes gets. */
export interface RouteDependencies {
  business: Business
  callers: Callers
  gatekeeper: Pick<Gatekeeper, 'send' | 'login'>
  /** The cluster as this node sees it. */
  cluster: { nodes(): readonly NodeInfo[] } & Pick<ConnectionRegistry, 'connectionsOf'>
  /** Origin of the realtime service as a browser reaches it. */
  realtimeUrl: string
  /** Cookies only over HTTPS. */
  secureCookies: boolean
  /** Null where there is no demo data. */
  demoAccounts: readonly DemoAccount[] | null
}

export type Routes = (app: HttpApp, deps: RouteDependencies) => void
