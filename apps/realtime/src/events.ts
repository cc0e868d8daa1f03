/** One function per thing that is logged or counted. Names and labels here are what dashboards read. */
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { Logger } from './logger.ts'

export type Events = ReturnType<typeof createEvents>

export function createEvents(log: Logger) {
  const metrics = new Registry()
  collectDefaultMetrics({ register: metrics })
  const registers = [metrics]
  const connections = new Gauge({ name: 'waggle_connections', help: 'Open sockets', labelNames: ['kind'], registers })
  const disconnects = new Counter({
    name: 'waggle_disconnects_total',
    help: 'Closed sockets by reason',
    labelNames: ['reason'],
    registers,
  })
  const emits = new Counter({
    name: 'waggle_emits_total',
    help: 'Room emits by event',
    labelNames: ['event'],
    registers,
  })
  const recoveries = new Counter({
    name: 'waggle_recovered_total',
    help: 'Pushes that Redis did not bring and the direct way did',
    registers,
  })
  const suspensions = new Counter({
    name: 'waggle_suspended_total',
    help: 'Connections and sends that were refused for being too frequent',
    labelNames: ['what'],
    registers,
  })
  const failures = new Counter({
    name: 'waggle_failures_total',
    help: 'Unexpected errors by what was being done',
    labelNames: ['what'],
    registers,
  })

  return {
    metrics,
    connected: (kind: string) => connections.inc({ kind }),
    disconnected: (kind: string, reason: string) => {
      connections.dec({ kind })
      disconnects.inc({ reason })
    },
    emitted: (event: string, rooms: number) => emits.inc({ event }, rooms),
    /** A message could not be published to the other nodes. */
    lost: () => failures.inc({ what: 'publish' }),
    recovered: (count: number) => recoveries.inc(count),
    suspended: (what: string) => suspensions.inc({ what }),
    failed: (what: string, error: unknown) => {
      failures.inc({ what })
      log.error({ err: error, what }, 'failed')
    },
    listening: (details: { port: number; rpcPort?: number; roles: string[] }) => log.info(details, 'listening'),
    stopping: (signal: string) => log.info({ signal }, 'stopping'),
    stopped: (ms: number) => log.info({ ms }, 'stopped'),
  }
}
