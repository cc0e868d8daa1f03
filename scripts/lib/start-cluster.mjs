import { setTimeout as wait } from 'node:timers/promises'
import { buildStale } from './build-stale.mjs'
import { startFrontProxy } from './front-proxy.mjs'
import { startNode, startWeb } from './nodes.mjs'
import { freePort } from './ports.mjs'
import { startDatabase } from './postgres.mjs'
import { prepareData } from './prepare-data.mjs'
import { startRedis } from './redis-server.mjs'
import { UserError } from './user-error.mjs'

/** How long a node may take until it knows the others. */
const READY_MS = 15_000

/**
 * Starts a whole cluster on free ports of this machine: PostgreSQL and Redis (unless there are URLs of
 * running ones), workers, dispatchers, one address in front of them, and the web server if wanted.
 * @param {object} options
 * @param {ReturnType<typeof import('./services.mjs').createServices>} options.services
 * @param {ReturnType<typeof import('./progress.mjs').createProgress>} options.progress
 * @param {number} [options.workers]
 * @param {number} [options.dispatchers]
 * @param {number} [options.both] processes with both roles
 * @param {string} options.dataDir of the embedded PostgreSQL
 * @param {boolean} [options.durable] false: PostgreSQL flushes nothing; for tests of other things
 * @param {string} [options.databaseUrl]
 * @param {string} [options.redisUrl]
 * @param {number} [options.port] of the front
 * @param {boolean} [options.web]
 * @param {number} [options.webPort]
 * @param {Record<string, string>} [options.settings] more settings of every node
 * @param {(name: string, line: string) => void} [options.onLine] what the processes say
 * @param {(name: string) => boolean} [options.expectEnd] whether a process may end just now
 * @returns {Promise<{ url: string, webUrl: string | null, databaseUrl: string, redisUrl: string, signIns: object[] | null,
 *   nodes: { name: string, role: string, port: number, metricsPort: number, pid: number, nodeId: string, kill(signal?: NodeJS.Signals): void }[], restart(name: string): Promise<void> }>}
 * @throws {UserError}
 */
export async function startCluster({
  services,
  progress,
  workers = 0,
  dispatchers = 0,
  both = 0,
  dataDir,
  durable = true,
  databaseUrl,
  redisUrl,
  port = 0,
  web = false,
  webPort,
  settings = {},
  onLine = () => {},
  expectEnd = () => false,
}) {
  const { assertRunning } = services
  await buildStale({
    progress,
    only: web ? ['tools', 'realtime', 'widget', 'web'] : ['tools', 'realtime'],
    assertRunning,
  })
  const url =
    databaseUrl ??
    (
      await progress.step('PostgreSQL is ready', () =>
        services.add('postgres', () => startDatabase({ dataDir, durable, onProgress: progress.line })),
      )
    ).url
  const redis = redisUrl ?? (await progress.step('Redis is ready', () => services.add('redis', () => startRedis()))).url
  const { signIns } = await prepareData({ url, production: false, progress })

  const targets = { workers: [], dispatchers: [] }
  const front = await services.add('front', () => startFrontProxy({ ...targets, port }))
  const webUrl = web ? `http://localhost:${webPort ?? (await freePort())}` : null
  // Browsers treat `localhost` as one place; the policy of a page names exactly this address.
  const realtimeUrl = `http://localhost:${front.port}`
  const env = {
    ...process.env,
    DATABASE_URL: url,
    REDIS_URL: redis,
    REALTIME_HOST: '127.0.0.1',
    REALTIME_PORT: '0',
    RPC_PORT: '0',
    METRICS_PORT: '0',
    REALTIME_PUBLIC_URL: realtimeUrl,
    REALTIME_INTERNAL_URL: front.url,
    WEB_PUBLIC_URL: webUrl ?? 'http://localhost:3000',
    WAGGLE_TRUST_PROXY: 'true',
    ...settings,
  }

  const nodes = []
  const start = async (role, number) => {
    const both = role === 'node'
    const name = `${role}-${number}`
    const node = await startNode(services, {
      name,
      env: { ...env, WAGGLE_ROLES: both ? 'worker,dispatcher' : role, NODE_ID: name },
      onLine: (line) => onLine(name, line),
      expectEnd: () => expectEnd(name),
    })
    nodes.push({ ...node, name, role, number })
    if (both || role === 'worker') targets.workers.push(node)
    if (both || role === 'dispatcher') targets.dispatchers.push(node)
  }
  /** Starts a node again that has ended, under its old name. */
  const restart = async (name) => {
    const index = nodes.findIndex((node) => node.name === name)
    const [old] = nodes.splice(index, 1)
    for (const list of Object.values(targets)) {
      const at = list.findIndex(({ port }) => port === old.port)
      if (at !== -1) list.splice(at, 1)
    }
    await start(old.role, old.number)
    await ready(nodes.at(-1))
  }
  const shape = both > 0 ? `${both} nodes with both roles` : `${workers} workers and ${dispatchers} dispatchers`
  await progress.step(`${shape} are ready`, async () => {
    const numbers = (count) => Array.from({ length: count }, (_, index) => index + 1)
    await Promise.all([
      ...numbers(dispatchers).map((number) => start('dispatcher', number)),
      ...numbers(workers).map((number) => start('worker', number)),
      ...numbers(both).map((number) => start('node', number)),
    ])
    await Promise.all(nodes.map((node) => ready(node)))
  })
  if (webUrl) {
    const { port: at } = new URL(webUrl)
    await progress.step('web is ready', () =>
      startWeb(services, { port: Number(at), env, onLine: (line) => onLine('web', line) }),
    )
  }
  nodes.sort((a, b) => a.name.localeCompare(b.name))
  return { url: realtimeUrl, webUrl, databaseUrl: url, redisUrl: redis, signIns, nodes, restart }
}

/** A worker is ready when it knows a dispatcher. */
async function ready({ name, port }) {
  for (let waited = 0; waited < READY_MS; waited += 50) {
    const response = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null)
    if (response?.ok) return
    await wait(50)
  }
  throw new UserError(`${name} was not ready after ${READY_MS / 1000} s.`)
}
