import { type Logger, pino } from 'pino'

export type { Logger }

/** The only place that makes a logger. JSON lines on stderr, so that stdout stays for what a script reads. */
export function createLogger(level: string, nodeId: string): Logger {
  return pino(
    { level, base: { nodeId }, redact: ['req.headers.authorization', 'req.headers.cookie'] },
    pino.destination(2),
  )
}
