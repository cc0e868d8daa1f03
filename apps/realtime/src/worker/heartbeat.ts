import type { ServerSocket } from '../socket-server.ts'

/** Milliseconds without a word until a ping, and until a ping without an answer ends the connection. */
export const PING_MS = 25_000
export const PONG_MS = 35_000

/** A client gives up when no ping has come for both times together; this share of the second is kept as a margin. */
const MARGIN = 0.3

/** Engine.IO's own timer, which its types do not show. A contract test notices when it goes by another name. */
interface Pinging {
  pingIntervalTimer?: { refresh?(): unknown }
}

/**
 * Heartbeat on read idle [HB1]: what has just said something is alive and gets no ping. Only Engine.IO's client
 * waits for pings, so one is sent before its patience ends.
 * @param ms as the server was made with.
 */
export function heartbeatOnIdle({ conn }: ServerSocket, ms = { ping: PING_MS, pong: PONG_MS }): void {
  let pingedAt = performance.now()
  conn.on('packetCreate', ({ type }: { type: string }) => {
    if (type === 'ping') pingedAt = performance.now()
  })
  conn.on('packet', ({ type }: { type: string }) => {
    if (type === 'pong' || performance.now() - pingedAt > ms.pong * (1 - MARGIN)) return
    const { pingIntervalTimer } = conn as unknown as Pinging
    pingIntervalTimer?.refresh?.()
  })
}
