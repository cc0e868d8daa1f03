import { uuidv7 } from '@waggle/shared'
import { type Env, SettingsError } from './env.ts'

export type NodeRole = 'worker' | 'dispatcher'

export interface Config extends Omit<Env, 'NODE_ID' | 'WAGGLE_ROLES' | 'WAGGLE_SECRET'> {
  nodeId: string
  roles: ReadonlySet<NodeRole>
  /** Signs tokens and proves a node to another; the same on every node. */
  secret: string
  production: boolean
}

/** For demo and development on one machine only; a production start refuses to use it. */
export const DEMO_SECRET = 'waggle-demo-secret-not-for-production'

/** @throws SettingsError for settings that are right by themselves but not together. */
export function configOf(env: Env): Config {
  const { NODE_ID, WAGGLE_ROLES, WAGGLE_SECRET, ...rest } = env
  const production = env.NODE_ENV === 'production'
  if (production && (WAGGLE_SECRET === undefined || WAGGLE_SECRET === DEMO_SECRET)) {
    throw new SettingsError('WAGGLE_SECRET must be set to a secret of your own in production')
  }
  const roles = new Set(WAGGLE_ROLES)
  if (roles.size < 2 && env.REDIS_URL === undefined) {
    throw new SettingsError(
      'WAGGLE_ROLES with one role needs REDIS_URL: without Redis a single process has to be worker and dispatcher',
    )
  }
  return {
    ...rest,
    nodeId: NODE_ID ?? `node-${uuidv7().slice(-8)}`,
    roles,
    secret: WAGGLE_SECRET ?? DEMO_SECRET,
    production,
  }
}
