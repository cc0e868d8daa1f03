import type { BenchOptions } from './arguments.ts'
import type { Summary } from './measure.ts'

interface Result {
  waggle: Summary
  baseline: Summary | null
  ratio: number | null
  bytesPerConnection: number | null
  options: BenchOptions
}

/** The run for a person to read. */
export function printTable({ waggle, baseline, ratio, bytesPerConnection, options }: Result): void {
  const { pairs, inflight, rate, bytes, seconds, rounds, workers, dispatchers, both } = options
  const shape = both > 0 ? `${both} nodes with both roles` : `${workers} workers, ${dispatchers} dispatchers`
  const load = rate === 0 ? `closed loop, ${inflight} in flight` : `open loop, ${rate}/s`
  const lines = [
    '',
    `  ${pairs} pairs, ${load}, ${bytes} bytes, median of ${rounds} rounds of ${seconds} s; ${shape}`,
    '',
    row(
      '',
      'messages/s',
      'deliver p50',
      'p95',
      'p99 ms',
      'ack p50',
      'p95',
      'p99 ms',
      'lost',
      'doubled',
      'disorder',
      'failed',
    ),
    summaryRow('Waggle', waggle),
    ...(baseline ? [summaryRow('baseline', baseline)] : []),
    '',
    ...(ratio === null ? [] : [`  ratio to bare Socket.IO with the Redis adapter, median of the rounds: ${ratio}`]),
    ...(bytesPerConnection === null
      ? []
      : [`  memory per idle connection: ${(bytesPerConnection / 1024).toFixed(1)} KB`]),
    '',
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}

function summaryRow(name: string, { perSecond, deliverMs, ackMs, lost, doubled, outOfOrder, failed }: Summary): string {
  const times = [deliverMs.p50, deliverMs.p95, deliverMs.p99, ackMs.p50, ackMs.p95, ackMs.p99]
  return row(name, perSecond, ...times, lost, doubled, outOfOrder, failed)
}

function row(name: string, ...cells: (string | number | null)[]): string {
  return `  ${name.padEnd(10)}${cells.map((cell) => String(cell ?? '-').padStart(12)).join('')}`
}
