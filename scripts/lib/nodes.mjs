import { setTimeout as wait } from 'node:timers/promises'
import { at, bins } from './paths.mjs'
import { readyLine, readyOrEnded } from './services.mjs'

const READY_MS = 30_000

/**
 * A larger young generation: messages live for milliseconds, and collecting the default 16 MB of them often
 * costs a tenth of a busy node. Megabytes.
 */
const nodeFlags = ['--enable-source-maps', '--max-semi-space-size=64']

/** How often the web server is asked whether it answers. */
const ASK_MS = 50

/**
 * Starts one realtime process and waits for its ready line.
 * @param {ReturnType<typeof import('./services.mjs').createServices>} services
 * @param {{ name: string, env: Record<string, string | undefined>, onLine?: (line: string) => void, expectEnd?: () => boolean }} options
 * @returns the process with the `port`, `rpcPort`, `metricsPort` and `nodeId` it told.
 * @throws {import('./user-error.mjs').UserError}
 */
export async function startNode(services, { name, env, onLine = () => {}, expectEnd }) {
  const { ready, feed } = readyLine()
  const child = services.start(name, [...nodeFlags, at('apps/realtime/dist/main.js')], {
    env,
    expectEnd,
    onLine: (line) => {
      if (!feed(line)) onLine(line)
    },
  })
  const { port, rpcPort, metricsPort, nodeId } = await readyOrEnded(child, ready, READY_MS)
  return { ...child, port, rpcPort, metricsPort, nodeId }
}

/**
 * Starts the web server on the finished build and waits until it answers.
 * @param {ReturnType<typeof import('./services.mjs').createServices>} services
 * @param {{ port: number, env: Record<string, string | undefined>, onLine?: (line: string) => void }} options
 * @throws {import('./user-error.mjs').UserError}
 */
export async function startWeb(services, { port, env, onLine = () => {} }) {
  const child = services.start('web', [bins.next, 'start', '--port', String(port)], {
    cwd: at('apps/web'),
    env: { ...env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    onLine,
  })
  let ended = false
  child.ended.then(() => {
    ended = true
  })
  const answers = (async () => {
    while (!ended) {
      const response = await fetch(`http://127.0.0.1:${port}/sign-in`, { redirect: 'manual' }).catch(() => null)
      if (response) return response.arrayBuffer()
      await wait(ASK_MS)
    }
    return new Promise(() => {})
  })()
  await readyOrEnded(child, answers, READY_MS)
  return child
}
