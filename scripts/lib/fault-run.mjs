import { readdirSync, readFileSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { startChaosProxy } from './chaos-proxy.mjs'
import { startPostgres } from './embedded-postgres.mjs'
import { DEMO_SECRET, noLimits } from './env.mjs'
import { faults } from './nemesis.mjs'
import { at } from './paths.mjs'
import { freePort } from './ports.mjs'
import { startRedis } from './redis-server.mjs'
import { seeded } from './seeded.mjs'
import { createServices, readyOrEnded } from './services.mjs'
import { startCluster } from './start-cluster.mjs'

/** Load before the fault and after it, seconds. */
const BEFORE_S = 3
const AFTER_S = 6
/** From the start of the actors until all are connected. */
const JOIN_MS = 60_000

/**
 * One fault, once, on a cluster of its own: three workers, two dispatchers, PostgreSQL that flushes, Redis.
 * @returns {Promise<{ name: string, seed: number, ok: boolean, verdict: object, times: object, crashed: string[], unanswered: number }>}
 */
export async function runFault({ name, seed, pairs, rate, minMessages, mutation, folder, histories, progress }) {
  const fault = faults[name]
  const ends = new Set()
  const crashed = []
  const services = createServices({ onCrash: (process_) => crashed.push(process_) })
  const quiet = { ...progress, line: () => {}, step: (_what, work) => work() }
  const dataDir = join(folder, `postgres-${name}-${seed}`)
  try {
    const postgres = await restartable(services, 'postgres', async (old) =>
      startPostgres({ dataDir, port: old?.port ?? (await freePort()), durable: true }),
    )
    const redis = await restartable(services, 'redis', (old) => startRedis(old && { port: old.port }))
    const cluster = await startCluster({
      services,
      progress: quiet,
      workers: 3,
      dispatchers: 2,
      databaseUrl: postgres.url,
      redisUrl: redis.url,
      settings: { LOG_LEVEL: 'fatal', WAGGLE_SECRET: DEMO_SECRET, ...noLimits },
      expectEnd: (node) => ends.has(node),
    })
    const network = await services.add('network', () =>
      startChaosProxy({ port: Number(new URL(cluster.url).port), random: seeded(seed + 1) }),
    )
    const seconds = Math.max(BEFORE_S + fault.holdSeconds + AFTER_S, Math.ceil(minMessages / rate))
    const history = join(histories, `${name}-${seed}${mutation ? `-${mutation}` : ''}.jsonl`)
    await rm(`${history}.begin`, { force: true })
    const config = {
      url: network.url,
      databaseUrl: postgres.url,
      secret: DEMO_SECRET,
      seed,
      pairs,
      rate,
      seconds,
      history,
      mutation,
    }
    const said = {}
    let tell
    const sending = new Promise((resolve) => {
      tell = resolve
    })
    const actors = services.start(
      'actors',
      ['--enable-source-maps', at('dist/faults/run.js'), JSON.stringify(config)],
      {
        expectEnd: () => true,
        onLine: (line) => {
          if (!line.startsWith('{"event"')) return void process.stderr.write(`actors | ${line}\n`)
          const message = JSON.parse(line)
          said[message.event] = message
          if (message.event === 'sending') tell()
        },
      },
    )
    await readyOrEnded(actors, sending, JOIN_MS)
    await wait(BEFORE_S * 1000)
    progress.line(`${name} (seed ${seed}): ${fault.about}`)
    await writeFile(`${history}.begin`, String(Date.now()))
    await fault.run({
      cluster,
      redis,
      postgres,
      network,
      random: seeded(seed),
      expectEnd: (node) => ends.add(node),
      ended: (node) => cluster.nodes.find((each) => each.name === node).ended,
    })
    const { code } = await actors.ended
    const { verdict, times, unanswered } = said.verdict ?? {}
    if (!verdict) throw new Error(`the actors ended with exit code ${code}: ${actors.tail.at(-1)}`)
    const ok = verdict.violations.length === 0 && unanswered === 0 && verdict.failed === 0 && crashed.length === 0
    return { name, seed, ok, verdict, times, crashed, unanswered, pairs, rate, goals: fault.goals, about: fault.about }
  } finally {
    await services.stopAll()
    await rm(dataDir, { recursive: true, force: true })
  }
}

/** Something that can be killed and started again on the same port; the last one is stopped with the rest. */
async function restartable(services, name, start) {
  let current = await start(undefined)
  await services.add(name, async () => ({ stop: () => current.stop() }))
  return {
    url: current.url,
    port: current.port,
    kill: (signal) => signalTree(current.pid, signal),
    restart: async () => {
      signalTree(current.pid, 'SIGKILL')
      await current.ended
      current = await start(current)
    },
  }
}

/** PostgreSQL's processes each have a group of their own, so the group of the first does not reach them. */
function signalTree(pid, signal) {
  for (const entry of readdirSync('/proc')) {
    if (/^\d+$/.test(entry) && parentOf(entry) === pid) signalTree(Number(entry), signal)
  }
  try {
    process.kill(pid, signal)
  } catch {
    // It has just ended by itself.
  }
}

function parentOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return undefined
  }
}
