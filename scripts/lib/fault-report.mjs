import { cpus, totalmem } from 'node:os'

/** @returns {string} docs/reports/faults.md: a row per run. */
export function faultReport(results) {
  const head =
    '| fault | seed | sent | acknowledged | lost | doubled | out of order | ack p99, ms | held up until, ms | goal, ms | |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|---|---|'
  const rows = results.map(({ name, seed, ok, verdict, times, goals }) => {
    const { sent, acknowledged, lost, doubled, outOfOrder } = verdict
    const missed =
      (goals.recovery !== undefined && times.recoveryMs > goals.recovery) ||
      (goals.ackP99 !== undefined && times.duringAckMs.p99 > goals.ackP99)
    const goal = [
      goals.ackP99 === undefined ? '' : `ack p99 ${goals.ackP99}`,
      goals.recovery === undefined ? '' : `until ${goals.recovery}`,
    ]
    const cells = [name, seed, sent, acknowledged, lost, doubled, outOfOrder, times.duringAckMs.p99, times.recoveryMs]
    return `| ${[...cells, goal.filter(Boolean).join(', '), ok ? (missed ? 'held, goal missed' : 'held') : '**broken**'].join(' | ')} |`
  })
  const about = new Map(results.map(({ name, about }) => [name, about]))
  const [{ pairs, rate }] = results
  return `# Faults

\`npm run faults\`, ${new Date().toISOString().slice(0, 10)}, ${cpus()[0]?.model.trim()} (${cpus().length} cores, shared), ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}.

Each run has a cluster of its own: three workers, two dispatchers, PostgreSQL that flushes, Redis. ${pairs * 2} clients write to each
other, ${rate} messages a second over all, before, during and after the fault. Then what they were told and shown is held against the
table: nothing acknowledged may be missing there or on a screen (lost), be stored or shown twice (doubled), or be shown after a later
one (out of order). "Held up until": milliseconds from the fault's begin until the last message that took longer than a second was
shown. A run is repeated with \`npm run faults -- --only <fault> --seeds <seed>\`.

${head}
${rows.join('\n')}

${[...about].map(([name, words]) => `- **${name}**: ${words}.`).join('\n')}
`
}
