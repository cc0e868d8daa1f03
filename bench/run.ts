/**
 * The load generator, a process of its own: `run.js <json>`; `npm run bench` starts it. Prints a table and,
 * as its last line, everything as JSON.
 */
import { cpus, totalmem } from 'node:os'
import { Tokens } from '@waggle/business'
import { type Actor, uuidv7 } from '@waggle/shared'
import { io } from 'socket.io-client'
import type { BenchOptions } from './arguments.ts'
import { baselinePairs } from './baseline-pairs.ts'
import { drive, type Pair } from './load.ts'
import type { Summary } from './measure.ts'
import { residentBytes } from './memory.ts'
import { printTable } from './table.ts'
import { createTalks } from './talks.ts'
import { waggles } from './waggle-pairs.ts'

export interface RunConfig {
  options: BenchOptions
  databaseUrl: string
  secret: string
  workers: { url: string; pid: number }[]
  /** Bare Socket.IO servers, as many as there are workers. */
  baseline: string[]
}

/** Before what is measured: compiles the hot paths and fills the caches. */
const WARM_UP_SECONDS = 2

const config = JSON.parse(process.argv[2] ?? '') as RunConfig
const { options } = config
const tokens = new Tokens(config.secret)
const tokenFor = async (actor: Actor) => (await tokens.sign(actor, 3_600)).token
const talks = await createTalks(config.databaseUrl, Math.max(options.pairs, 1))
const urls = config.workers.map(({ url }) => url)

const bytesPerConnection = options.idle === 0 ? null : await costOfIdle(options.idle)
const contenders = {
  waggle: await waggles(talks, { urls, inflight: options.inflight, tokenFor }),
  baseline: config.baseline.length > 0 ? await baselinePairs(config.baseline, options.pairs) : null,
}
const rounds = { waggle: [] as Summary[], baseline: [] as Summary[] }
// In turn, so that a neighbour who gets busy hurts both; what is compared is the median.
await measure('warm-up', contenders.waggle, WARM_UP_SECONDS)
if (contenders.baseline) await measure('warm-up of the baseline', contenders.baseline, WARM_UP_SECONDS)
for (let round = 1; round <= options.rounds; round++) {
  rounds.waggle.push(await measure(`round ${round}`, contenders.waggle, options.seconds))
  if (contenders.baseline) {
    rounds.baseline.push(await measure(`round ${round} of the baseline`, contenders.baseline, options.seconds))
  }
}
for (const pair of [...contenders.waggle, ...(contenders.baseline ?? [])]) pair.close()

const waggle = median(rounds.waggle)
const baseline = contenders.baseline && median(rounds.baseline)
const ratios = rounds.baseline.map((other, index) => (rounds.waggle[index]?.perSecond ?? 0) / other.perSecond)
const ratio = ratios.length === 0 ? null : Number((ratios.sort((a, b) => a - b)[ratios.length >> 1] ?? 0).toFixed(3))

printTable({ waggle, baseline, ratio, bytesPerConnection, options })
const machine = { cpus: cpus().length, model: cpus()[0]?.model ?? '', memoryGb: Math.round(totalmem() / 2 ** 30) }
const date = new Date().toISOString()
process.stdout.write(
  `${JSON.stringify({ date, machine, node: process.version, options, waggle, baseline, ratio, bytesPerConnection })}\n`,
)
process.exit(waggle.lost + waggle.doubled + waggle.outOfOrder === 0 ? 0 : 1)

async function measure(name: string, pairs: Pair[], seconds: number): Promise<Summary> {
  process.stderr.write(`  ${name}: ${pairs.length} pairs, ${seconds} s\n`)
  return drive(pairs, { ...options, seconds }, uuidv7)
}

/** The round with the middle throughput, with what was lost in any of them. */
function median(summaries: Summary[]): Summary {
  const sorted = [...summaries].sort((a, b) => a.perSecond - b.perSecond)
  const sum = (key: 'messages' | 'lost' | 'doubled' | 'outOfOrder' | 'failed') =>
    summaries.reduce((total, summary) => total + summary[key], 0)
  return {
    ...(sorted[sorted.length >> 1] as Summary),
    messages: sum('messages'),
    lost: sum('lost'),
    doubled: sum('doubled'),
    outOfOrder: sum('outOfOrder'),
    failed: sum('failed'),
  }
}

/** Resident bytes that one more connection costs the workers. */
async function costOfIdle(count: number): Promise<number | null> {
  const pids = config.workers.map(({ pid }) => pid)
  const before = await residentBytes(pids)
  const traveler = talks[0]?.traveler
  if (before === null || !traveler) return null
  process.stderr.write(`  opening ${count} idle connections\n`)
  const sockets = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const actor = { ...traveler, id: uuidv7() }
      const auth = { token: await tokenFor(actor), platform: 'web', protocol: 1 }
      const socket = io(urls[index % urls.length] ?? '', { auth, transports: ['websocket'], forceNew: true })
      await new Promise<void>((resolve, reject) => {
        socket.once('connect', () => resolve())
        socket.once('connect_error', reject)
      })
      return socket
    }),
  )
  const after = await residentBytes(pids)
  for (const socket of sockets) socket.close()
  return after === null ? null : Math.round((after - before) / count)
}
