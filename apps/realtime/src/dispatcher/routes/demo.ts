import { WaggleError } from '@waggle/shared'
import type { Routes } from './deps.ts'

/** Sign-ins of the demo data, for the sign-in page; there are none anywhere else. */
export const demoRoutes: Routes = (app, { demoAccounts }) => {
  app.get('/v1/demo', { schema: { hide: true } as object }, async () => {
    if (demoAccounts === null) throw new WaggleError('not_found')
    return { accounts: demoAccounts }
  })
}
