import { parseArgs } from 'node:util'
import { assertDatabase } from './lib/check-database.mjs'
import { assertRedis } from './lib/check-redis.mjs'
import { loadEnvFile, readSettings } from './lib/env.mjs'
import { at } from './lib/paths.mjs'
import { createProgress } from './lib/progress.mjs'
import { createServices, stopOnSignals } from './lib/services.mjs'
import { startCluster } from './lib/start-cluster.mjs'
import { runMain, UserError } from './lib/user-error.mjs'

/** `npm run cluster -- --workers 3 --dispatchers 2 [--web]`: a cluster on this machine, until Ctrl-C. */
const HELP = `Starts a cluster on this machine behind one address, until Ctrl-C.

  npm run cluster -- [--workers 2] [--dispatchers 2] [--port 0] [--web] [--web-port 0]

PostgreSQL and Redis are started too, unless DATABASE_URL and REDIS_URL name running ones.
Data of the embedded PostgreSQL stays in .data/cluster.
`

const progress = createProgress()
const services = createServices({
  onCrash: (name, what, tail) => {
    // That a node goes is what a cluster is for.
    process.stderr.write(`waggle: ${name} ${what}; the others go on.\n${tail.slice(-3).join('\n')}\n`)
  },
})
stopOnSignals(() => services.stopAll((name) => progress.line(`${name} is stopped`)), progress.line)
await runMain(main, () => services.stopAll())

async function main() {
  const options = readOptions()
  if (options.help) return void process.stdout.write(HELP)
  loadEnvFile()
  const { DATABASE_URL, REDIS_URL } = readSettings()
  if (DATABASE_URL) await assertDatabase(DATABASE_URL)
  if (REDIS_URL) await assertRedis(REDIS_URL)
  const cluster = await startCluster({
    services,
    progress,
    workers: count(options.workers, 'workers'),
    dispatchers: count(options.dispatchers, 'dispatchers'),
    port: Number(options.port),
    web: options.web,
    ...(Number(options['web-port']) ? { webPort: Number(options['web-port']) } : {}),
    dataDir: at('.data/cluster'),
    ...(DATABASE_URL ? { databaseUrl: DATABASE_URL } : {}),
    ...(REDIS_URL ? { redisUrl: REDIS_URL } : {}),
    onLine: (name, line) => process.env.LOG_LEVEL && process.stderr.write(`${name} | ${line}\n`),
  })
  const rows = cluster.nodes.map(
    ({ name, port, metricsPort, pid }) =>
      `  ${name.padEnd(14)} http://127.0.0.1:${port}  metrics http://127.0.0.1:${metricsPort}/metrics  pid ${pid}`,
  )
  process.stdout.write(
    `\n  In front of all  ${cluster.url}\n${cluster.webUrl ? `  Web              ${cluster.webUrl}\n` : ''}\n${rows.join('\n')}\n\n  PostgreSQL  ${cluster.databaseUrl}\n  Redis       ${cluster.redisUrl}\n\n  Ctrl-C stops everything. Try: kill -9 a worker and watch its clients move.\n\n`,
  )
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        workers: { type: 'string', default: '2' },
        dispatchers: { type: 'string', default: '2' },
        port: { type: 'string', default: '0' },
        'web-port': { type: 'string', default: '0' },
        web: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values
  } catch (error) {
    throw new UserError(`${error.message.split('\n')[0]} (npm run cluster -- --help)`)
  }
}

function count(text, name) {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1 || value > 20)
    throw new UserError(`--${name} must be a number from 1 to 20.`)
  return value
}
