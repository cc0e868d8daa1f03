import { buildStale } from './build-stale.mjs'
import { assertDatabase } from './check-database.mjs'
import { assertRedis } from './check-redis.mjs'
import { loadEnvFile, readSettings } from './env.mjs'
import { startNode, startWeb } from './nodes.mjs'
import { at } from './paths.mjs'
import { assertPortFree } from './ports.mjs'
import { startDatabase } from './postgres.mjs'
import { prepareData } from './prepare-data.mjs'
import { createProgress, seconds } from './progress.mjs'
import { createServices, stopOnSignals } from './services.mjs'
import { runMain, UserError } from './user-error.mjs'
import { welcome } from './welcome.mjs'

/** pino's numbers: only what a person has to see is shown beside the progress. */
const WARN = 40

/** Log lines of realtime that are warnings or worse, and everything that is not a log line. */
function isWorthShowing(line) {
  if (!line.startsWith('{')) return line.trim() !== ''
  try {
    return (JSON.parse(line).level ?? WARN) >= WARN
  } catch {
    return true
  }
}

/** `npm start`: PostgreSQL, realtime and web on this machine, until Ctrl-C. */
export async function startEverything() {
  const progress = createProgress()
  const services = createServices({
    onCrash: async (name, what, tail) => {
      process.stderr.write(`waggle: ${name} ${what}; stopping everything.\n${tail.join('\n')}\n`)
      await services.stopAll()
      process.exit(1)
    },
  })
  const stopped = (name) => progress.line(`${name} is stopped`)
  stopOnSignals(() => services.stopAll(stopped), progress.line)
  await runMain(
    () => start(progress, services),
    () => services.stopAll(),
  )
}

async function start(progress, services) {
  loadEnvFile()
  const settings = readSettings()
  const ports = { web: Number(settings.WEB_PORT ?? 3000), realtime: Number(settings.REALTIME_PORT ?? 3001) }
  if (ports.web === 0) throw new UserError('WEB_PORT must not be 0: people need to know the address.')
  if (ports.realtime === 0) throw new UserError('REALTIME_PORT must not be 0: browsers need to know the address.')
  if (ports.web === ports.realtime) throw new UserError('WEB_PORT and REALTIME_PORT must be different ports.')
  await assertPortFree(ports.web, 'WEB_PORT')
  await assertPortFree(ports.realtime, 'REALTIME_PORT')
  if (settings.DATABASE_URL) await assertDatabase(settings.DATABASE_URL)
  if (settings.REDIS_URL) await assertRedis(settings.REDIS_URL)

  const { assertRunning } = services
  await buildStale({ progress, only: ['tools', 'realtime'], assertRunning })
  const url = settings.DATABASE_URL ?? (await embedded(progress, services, settings))
  const production = settings.NODE_ENV === 'production'
  const { signIns } = await prepareData({ url, production, progress })
  await buildStale({ progress, only: ['widget', 'web'], assertRunning })

  const env = {
    ...process.env,
    DATABASE_URL: url,
    REALTIME_PORT: String(ports.realtime),
    WEB_PORT: String(ports.web),
    REALTIME_PUBLIC_URL: settings.REALTIME_PUBLIC_URL ?? `http://localhost:${ports.realtime}`,
    REALTIME_INTERNAL_URL: settings.REALTIME_INTERNAL_URL ?? `http://127.0.0.1:${ports.realtime}`,
    WEB_PUBLIC_URL: settings.WEB_PUBLIC_URL ?? `http://localhost:${ports.web}`,
  }
  const show = (name) => (line) => {
    if (isWorthShowing(line)) process.stderr.write(`${name} | ${line}\n`)
  }
  const asErrors = (name) => (line, stream) => stream === 'stderr' && show(name)(line)
  await Promise.all([
    progress.step('realtime is ready', () => startNode(services, { name: 'realtime', env, onLine: show('realtime') })),
    progress.step('web is ready', () => startWeb(services, { port: ports.web, env, onLine: asErrors('web') })),
  ])
  progress.line(`everything is ready after ${seconds(progress.elapsed())}`)
  process.stdout.write(welcome({ webUrl: env.WEB_PUBLIC_URL, realtimeUrl: env.REALTIME_PUBLIC_URL, signIns }))
}

async function embedded(progress, services, settings) {
  const start = () =>
    services.add('postgres', () =>
      startDatabase({
        dataDir: at('.data/postgres'),
        port: Number(settings.POSTGRES_PORT ?? 0),
        durable: true,
        onProgress: progress.line,
      }),
    )
  const { url } = await progress.step('PostgreSQL is ready, its data is in .data/postgres', start)
  return url
}
