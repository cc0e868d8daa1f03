/**
 * The demo data's fixed names, keys and secrets: what the seed writes, the sign-in page offers and
 * `docs/demo.md` lists. Everybody knows them, so a production start refuses a database that has them.
 */
export const DEMO_PASSWORD = 'waggle-demo'

export const demoMerchants = {
  lotus: {
    key: 'wgm_demo_lotus',
    name: 'Lotus Tours 莲途旅行',
    slug: 'lotus-tours',
    identitySecret: 'demo-identity-secret-of-lotus-tours',
    apiKey: 'wgk_demo_lotus_0000000000000000000000000000',
  },
  harbor: {
    key: 'wgm_demo_harbor',
    name: 'Harbor Hotels 海港酒店',
    slug: 'harbor-hotels',
    identitySecret: 'demo-identity-secret-of-harbor-hotels',
    apiKey: 'wgk_demo_harbor_000000000000000000000000000',
  },
} as const

export interface DemoAccount {
  name: string
  email: string
  password: string
  role: 'agent' | 'admin' | 'platform-admin'
  /** Name of the merchant; of the platform for its administrator. */
  merchant: string
}

const account = (name: string, email: string, role: DemoAccount['role'], merchant: string): DemoAccount => ({
  name,
  email,
  password: DEMO_PASSWORD,
  role,
  merchant,
})
const { lotus, harbor } = demoMerchants

export const demoAccounts: readonly DemoAccount[] = [
  account('林悦 Lin Yue', 'lin@lotus.demo', 'agent', lotus.name),
  account('Ben Carter', 'ben@lotus.demo', 'agent', lotus.name),
  account('周舟 Zhou Zhou', 'zhou@lotus.demo', 'agent', lotus.name),
  account('陈安 Chen An', 'admin@lotus.demo', 'admin', lotus.name),
  account('Maya Singh', 'maya@harbor.demo', 'agent', harbor.name),
  account('何晴 He Qing', 'he@harbor.demo', 'agent', harbor.name),
  account('Tom Okafor', 'tom@harbor.demo', 'agent', harbor.name),
  account('Elena Rossi', 'admin@harbor.demo', 'admin', harbor.name),
  account('Waggle Platform', 'platform@waggle.demo', 'platform-admin', 'Waggle'),
]
