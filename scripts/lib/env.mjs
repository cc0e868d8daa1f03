import { existsSync } from 'node:fs'
import { at } from './paths.mjs'
import { UserError } from './user-error.mjs'

/** The same text as in apps/realtime/src/config.ts; a production start refuses it. */
export const DEMO_SECRET = 'waggle-demo-secret-not-for-production'

/** Settings for a load from one address that is wanted. */
export const noLimits = { LIMIT_CONNECTIONS_UID: '0', LIMIT_CONNECTIONS_ADDRESS: '0', LIMIT_SENDS_UID: '0' }

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

const port = (value) => (/^\d{1,5}$/.test(value) && Number(value) <= 65_535 ? '' : 'must be a port from 0 to 65535')
const oneOf = (allowed) => (value) => (allowed.includes(value) ? '' : `must be one of ${allowed.join(', ')}`)
const url = (protocols) => (value) => {
  const parsed = URL.canParse(value) ? new URL(value) : null
  return parsed && protocols.includes(parsed.protocol) && parsed.hostname
    ? ''
    : `must be a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`
}
const roles = (value) =>
  value.split(',').every((part) => ['worker', 'dispatcher'].includes(part.trim()))
    ? ''
    : 'must name worker, dispatcher or both with a comma'
const range = (low, high) => (value) =>
  /^\d+$/.test(value) && Number(value) >= low && Number(value) <= high ? '' : `must be a number from ${low} to ${high}`

/** Every setting that a start reads and what is wrong with a value of it; `.env.example` explains them. */
export const settings = {
  NODE_ENV: oneOf(['development', 'production', 'test']),
  NODE_ID: (value) => (/^[\w.-]{1,60}$/.test(value) ? '' : 'must be 1 to 60 letters, digits, dots and dashes'),
  DATABASE_URL: url(['postgres:', 'postgresql:']),
  DATABASE_POOL: range(2, 200),
  POSTGRES_PORT: port,
  REDIS_URL: url(['redis:', 'rediss:']),
  WAGGLE_ROLES: roles,
  WAGGLE_SECRET: (value) => (value.length >= 32 ? '' : 'must have at least 32 characters'),
  ACK_TIMEOUT_MS: range(100, 600_000),
  ACK_RESENDS: range(0, 20),
  LIMIT_CONNECTIONS_UID: range(0, 1_000_000),
  LIMIT_CONNECTIONS_ADDRESS: range(0, 1_000_000),
  LIMIT_SENDS_UID: range(0, 1_000_000),
  LIMIT_LOGINS: range(0, 1_000_000),
  WAGGLE_TRUST_PROXY: oneOf(['true', 'false']),
  WEB_PORT: port,
  WEB_PUBLIC_URL: url(['http:', 'https:']),
  REALTIME_PORT: port,
  REALTIME_HOST: () => '',
  REALTIME_PUBLIC_URL: url(['http:', 'https:']),
  REALTIME_INTERNAL_URL: url(['http:', 'https:']),
  RPC_HOST: () => '',
  RPC_PORT: port,
  METRICS_PORT: port,
  LOG_LEVEL: oneOf(LOG_LEVELS),
  CHROMIUM_PATH: (value) => (existsSync(value) ? '' : 'must be the path of an existing program'),
}

/** Reads `.env` in the root when there is one. What the environment already has wins. */
export function loadEnvFile(path = at('.env')) {
  if (existsSync(path)) process.loadEnvFile(path)
}

/**
 * @param {Record<string, string | undefined>} [source]
 * @returns {Record<string, string>} the settings that are set; an empty value counts as not set.
 * @throws {UserError} naming every setting with a bad value.
 */
export function readSettings(source = process.env) {
  const values = {}
  const problems = []
  for (const [name, check] of Object.entries(settings)) {
    const value = source[name]
    if (value === undefined || value === '') continue
    const problem = check(value)
    if (problem) problems.push(`${name} ${problem}`)
    values[name] = value
  }
  if (values.NODE_ENV === 'production' && (values.WAGGLE_SECRET ?? DEMO_SECRET) === DEMO_SECRET) {
    problems.push('WAGGLE_SECRET must be set to a secret of your own in production')
  }
  if (problems.length > 0) throw new UserError(`${problems.join('; ')}.`)
  return values
}
