import { parseArgs } from 'node:util'

export interface BenchOptions {
  /** Travelers, each talking to an agent of their own. */
  pairs: number
  /** Closed loop: messages a pair has unacknowledged at any time. */
  inflight: number
  /** Open loop: messages per second over all pairs; 0 means closed loop. */
  rate: number
  /** Characters of a text. */
  bytes: number
  /** Of one round. */
  seconds: number
  rounds: number
  workers: number
  dispatchers: number
  /** Processes with both roles, instead of workers and dispatchers; 0 for separate ones. */
  both: number
  /** Idle connections opened before the run, to see what one costs; 0 leaves that out. */
  idle: number
  baseline: boolean
}

/** @throws Error with a sentence naming the wrong option. */
export function readArguments(argv: string[]): BenchOptions {
  const { values } = parseArgs({
    args: argv,
    options: {
      pairs: { type: 'string', default: '100' },
      inflight: { type: 'string', default: '1' },
      rate: { type: 'string', default: '0' },
      bytes: { type: 'string', default: '200' },
      seconds: { type: 'string', default: '5' },
      rounds: { type: 'string', default: '5' },
      both: { type: 'string', default: '2' },
      workers: { type: 'string', default: '0' },
      dispatchers: { type: 'string', default: '0' },
      idle: { type: 'string', default: '500' },
      'no-baseline': { type: 'boolean', default: false },
    },
  })
  const number = (name: Exclude<keyof typeof values, 'no-baseline'>, min: number, max: number) => {
    const value = Number(values[name])
    if (Number.isInteger(value) && value >= min && value <= max) return value
    throw new Error(`--${name} must be a whole number from ${min} to ${max}`)
  }
  return {
    pairs: number('pairs', 1, 5_000),
    inflight: number('inflight', 1, 100),
    rate: number('rate', 0, 100_000),
    bytes: number('bytes', 1, 5_000),
    // Bounded, so that a forgotten run ends by itself.
    seconds: number('seconds', 1, 600),
    rounds: number('rounds', 1, 20),
    ...shape(number('both', 0, 16), number('workers', 0, 16), number('dispatchers', 0, 16)),
    idle: number('idle', 0, 10_000),
    baseline: !values['no-baseline'],
  }
}

/** Separate roles where they are asked for, else processes with both. */
function shape(both: number, workers: number, dispatchers: number) {
  if (workers === 0 && dispatchers === 0) return { both: Math.max(both, 1), workers: 0, dispatchers: 0 }
  if (workers === 0 || dispatchers === 0) throw new Error('--workers and --dispatchers need each other')
  return { both: 0, workers, dispatchers }
}
