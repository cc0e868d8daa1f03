import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { bundle } from './lib/bundle.mjs'
import { faultReport } from './lib/fault-report.mjs'
import { runFault } from './lib/fault-run.mjs'
import { faults } from './lib/nemesis.mjs'
import { at } from './lib/paths.mjs'
import { interruptRunning } from './lib/processes.mjs'
import { createProgress } from './lib/progress.mjs'
import { stopOnSignals } from './lib/services.mjs'
import { runMain, UserError } from './lib/user-error.mjs'

/** `npm run faults`: breaks a cluster of its own under load and holds what was seen against PostgreSQL. */
const HELP = `Breaks a cluster on this machine while 200 clients write to each other, then holds everything they were told
and shown against the table. Nothing acknowledged may be missing, doubled or out of order.

  npm run faults                       the whole matrix with three seeds; writes docs/reports/faults.md (about an hour)
  npm run faults -- --smoke            five faults with one seed, smaller, under three minutes
  npm run faults -- --only kill-worker [--seeds 7,8,9] [--pairs 100] [--rate 600] [--report file.md]
  npm run faults -- --only kill-worker --mutation no-repair    a client that is wrong on purpose: must be noticed
                                       (no-dedupe, no-repair, early-ack)

Faults: ${Object.keys(faults).join(', ')}
`

const progress = createProgress()
stopOnSignals(interruptRunning, progress.line)
await runMain(main)

async function main() {
  const options = readOptions()
  if (options.help) return void process.stdout.write(HELP)
  await bundle({ entry: 'faults/run.ts', outfile: 'dist/faults/run.js' })
  const folder = await mkdtemp(join(tmpdir(), 'waggle-faults-'))
  const histories = at('test-results/faults')
  await mkdir(histories, { recursive: true })
  const results = []
  try {
    for (const name of options.names) {
      for (const seed of options.seeds) {
        const result = await runFault({
          name,
          seed,
          ...options.load,
          mutation: options.mutation,
          folder,
          histories,
          progress,
        })
        results.push(result)
        progress.line(summary(result))
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  if (options.report) {
    await mkdir(dirname(at(options.report)), { recursive: true })
    await writeFile(at(options.report), faultReport(results))
    progress.line(`wrote ${options.report}`)
  }
  const failed = results.filter((result) => !result.ok)
  const counts = { held: results.length - failed.length, broken: failed.length, results }
  await writeFile(join(histories, 'summary.json'), JSON.stringify(counts))
  const wanted = options.mutation ? results.length : 0
  const passed = options.mutation ? failed.length === wanted : failed.length === 0
  progress.line(
    options.mutation
      ? `${failed.length} of ${wanted} runs with ${options.mutation} were found out`
      : `${results.length - failed.length} of ${results.length} runs held`,
  )
  process.exitCode = passed ? 0 : 1
}

function readOptions() {
  let values
  try {
    values = parseArgs({
      options: {
        help: { type: 'boolean', default: false },
        smoke: { type: 'boolean', default: false },
        only: { type: 'string' },
        seeds: { type: 'string' },
        pairs: { type: 'string' },
        rate: { type: 'string' },
        report: { type: 'string' },
        mutation: { type: 'string' },
      },
    }).values
  } catch (error) {
    throw new UserError(`${error.message.split('\n')[0]} (npm run faults -- --help)`)
  }
  const { smoke, only, mutation } = values
  const whole = !smoke && !only && !mutation
  const names = only?.split(',') ?? Object.keys(faults).filter((name) => !smoke || faults[name].smoke)
  const unknown = names.find((name) => !faults[name])
  if (unknown) throw new UserError(`there is no fault "${unknown}" (npm run faults -- --help)`)
  if (mutation && !['no-dedupe', 'no-repair', 'early-ack'].includes(mutation)) {
    throw new UserError(`there is no mutation "${mutation}" (npm run faults -- --help)`)
  }
  return {
    help: values.help,
    names,
    mutation: mutation ?? null,
    report: values.report ?? (whole ? 'docs/reports/faults.md' : null),
    seeds: (values.seeds ?? (whole ? '1,2,3' : '1')).split(',').map(number('seeds', 1, 2 ** 31)),
    load: {
      pairs: number('pairs', 1, 1_000)(values.pairs ?? (smoke ? '25' : '100')),
      rate: number('rate', 1, 5_000)(values.rate ?? (smoke ? '200' : '600')),
      minMessages: smoke || mutation ? 0 : 10_000,
    },
  }
}

function number(name, low, high) {
  return (text) => {
    const value = Number(text)
    if (!Number.isInteger(value) || value < low || value > high)
      throw new UserError(`--${name} must be whole numbers from ${low} to ${high}`)
    return value
  }
}

function summary({ name, seed, ok, verdict, times, crashed, unanswered }) {
  const { sent, acknowledged, lost, doubled, outOfOrder, violations } = verdict
  const first = violations[0] ? `; first: ${violations[0].what}` : ''
  const ended = crashed.length > 0 ? `; ended by themselves: ${crashed.join(', ')}` : ''
  return `${ok ? 'held' : 'BROKEN'} ${name} (seed ${seed}): ${sent} sent, ${acknowledged} acknowledged, ${unanswered} unanswered, ${lost} lost, ${doubled} doubled, ${outOfOrder} out of order; ack p99 ${times.duringAckMs.p99} ms, held up until ${times.recoveryMs} ms${first}${ended}`
}
