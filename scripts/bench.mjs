import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bundle } from './lib/bundle.mjs'
import { DEMO_SECRET, noLimits } from './lib/env.mjs'
import { at } from './lib/paths.mjs'
import { createProgress } from './lib/progress.mjs'
import { createServices, readyLine, readyOrEnded, stopOnSignals } from './lib/services.mjs'
import { startCluster } from './lib/start-cluster.mjs'
import { runMain, UserError } from './lib/user-error.mjs'

/** `npm run bench`: messages per second and times against a cluster of its own, beside bare Socket.IO. */
const HELP = `Measures Waggle on this machine, beside bare Socket.IO with the Redis adapter, in one run.

  npm run bench -- [--pairs 100] [--inflight 1] [--rate 0] [--bytes 200] [--seconds 5] [--rounds 5]
                   [--both 2 | --workers 2 --dispatchers 1] [--idle 500] [--no-baseline]

--rate 0 is the closed loop: each pair keeps --inflight messages on the way. A rate is the open loop: so many
messages per second over all pairs. The last line of the output is JSON. PostgreSQL flushes every commit.
`

const progress = createProgress({ write: (line) => process.stderr.write(line) })
const services = createServices({
  onCrash: (name, what, tail) => process.stderr.write(`waggle: ${name} ${what}\n${tail.join('\n')}\n`),
})
let folder
const cleanUp = async () => {
  await services.stopAll()
  if (folder) await rm(folder, { recursive: true, force: true })
}
stopOnSignals(cleanUp, progress.line)
await runMain(main, cleanUp)

async function main() {
  if (process.argv.includes('--help')) return void process.stdout.write(HELP)
  await bundle({ entry: 'bench/arguments.ts', outfile: 'dist/bench/arguments.js' })
  await bundle({ entry: 'bench/run.ts', outfile: 'dist/bench/run.js' })
  await bundle({ entry: 'bench/baseline-server.ts', outfile: 'dist/bench/baseline-server.js' })
  const options = await readOptions()

  folder = await mkdtemp(join(tmpdir(), 'waggle-bench-'))
  const cluster = await startCluster({
    services,
    progress,
    workers: options.workers,
    dispatchers: options.dispatchers,
    both: options.both,
    dataDir: join(folder, 'postgres'),
    settings: { LOG_LEVEL: 'warn', ...noLimits },
    onLine: (name, line) => process.stderr.write(`${name} | ${line}\n`),
  })
  const baseline = options.baseline ? await startBaseline(options.workers || options.both, cluster.redisUrl) : []
  const workers = cluster.nodes
    .filter(({ role }) => role !== 'dispatcher')
    .map(({ port, pid }) => ({ url: `http://127.0.0.1:${port}`, pid }))
  const config = {
    options,
    databaseUrl: cluster.databaseUrl,
    secret: process.env.WAGGLE_SECRET ?? DEMO_SECRET,
    workers,
    baseline,
  }
  const child = services.start(
    'bench',
    ['--enable-source-maps', '--max-semi-space-size=64', at('dist/bench/run.js'), JSON.stringify(config)],
    {
      expectEnd: () => true,
      onLine: (line, stream) => process[stream].write(`${line}\n`),
    },
  )
  const { code } = await child.ended
  await cleanUp()
  process.exitCode = code ?? 1
}

async function readOptions() {
  const { readArguments } = await import(pathToFileURL(at('dist/bench/arguments.js')).href)
  try {
    return readArguments(process.argv.slice(2))
  } catch (error) {
    throw new UserError(`${error.message.split('\n')[0]} (npm run bench -- --help)`)
  }
}

async function startBaseline(count, redisUrl) {
  const start = async (_, index) => {
    const { ready, feed } = readyLine()
    const child = services.start(
      `baseline-${index + 1}`,
      ['--max-semi-space-size=64', at('dist/bench/baseline-server.js'), redisUrl],
      {
        onLine: feed,
      },
    )
    const { port } = await readyOrEnded(child, ready, 10_000)
    return `http://127.0.0.1:${port}`
  }
  return Promise.all(Array.from({ length: count }, start))
}
