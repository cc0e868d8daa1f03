import { z } from 'zod'

const port = z.coerce.number().int().min(0).max(65_535)
const perMinute = z.coerce.number().int().min(0).max(1_000_000)
const flag = z.enum(['true', 'false']).transform((value) => value === 'true')
const role = z.enum(['worker', 'dispatcher'])

/** Every setting this process reads; `.env.example` explains them. Empty means not set. */
const schema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  NODE_ID: z.string().max(60).optional(),
  WAGGLE_ROLES: z
    .string()
    .default('worker,dispatcher')
    .transform((value) => value.split(',').map((part) => part.trim()))
    .pipe(z.array(role).min(1)),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  WAGGLE_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  REALTIME_HOST: z.string().default('0.0.0.0'),
  REALTIME_PORT: port.default(3001),
  REALTIME_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  WEB_PUBLIC_URL: z.url({ protocol: /^https?$/ }).default('http://localhost:3000'),
  RPC_HOST: z.string().default('127.0.0.1'),
  RPC_PORT: port.default(0),
  METRICS_PORT: port.optional(),
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(10),
  ACK_TIMEOUT_MS: z.coerce.number().int().min(100).max(600_000).default(18_000),
  ACK_RESENDS: z.coerce.number().int().min(0).max(20).default(3),
  LIMIT_CONNECTIONS_UID: perMinute.default(60),
  LIMIT_CONNECTIONS_ADDRESS: perMinute.default(1_200),
  LIMIT_SENDS_UID: perMinute.default(240),
  LIMIT_LOGINS: perMinute.default(30),
  WAGGLE_TRUST_PROXY: flag.default(false),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
})
export type Env = z.infer<typeof schema>

/** A setting is wrong or missing. The message is a sentence for the person who starts the process. */
export class SettingsError extends Error {}

/** @throws SettingsError naming every wrong setting. */
export function readEnv(source: NodeJS.ProcessEnv = process.env): Env {
  const set = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  const result = schema.safeParse(set)
  if (result.success) return result.data
  const problems = result.error.issues.map((issue) => {
    const name = String(issue.path[0])
    return set[name] === undefined ? `${name} is not set` : `${name} ${issue.message}`
  })
  throw new SettingsError(problems.join('; '))
}
