import { vi } from 'vitest'
import { compose, type Node } from '../../apps/realtime/src/compose.ts'
import { configOf } from '../../apps/realtime/src/config.ts'
import { readEnv } from '../../apps/realtime/src/env.ts'

export const SECRET = 'a secret for tests that is long enough'
export const WEB_ORIGIN = 'http://localhost:3000'

export interface TestNode extends Node, AsyncDisposable {
  url: string
}

/** A real node in this process, on a free port. */
export async function startNode(settings: Record<string, string>): Promise<TestNode> {
  const node = await compose(
    configOf(
      readEnv({
        NODE_ENV: 'test',
        WAGGLE_SECRET: SECRET,
        REALTIME_HOST: '127.0.0.1',
        REALTIME_PORT: '0',
        WEB_PUBLIC_URL: WEB_ORIGIN,
        LOG_LEVEL: 'fatal',
        LIMIT_CONNECTIONS_UID: '0',
        LIMIT_CONNECTIONS_ADDRESS: '0',
        LIMIT_SENDS_UID: '0',
        LIMIT_LOGINS: '0',
        ...settings,
      }),
    ),
  )
  const url = `http://127.0.0.1:${node.port}`
  return { ...node, url, [Symbol.asyncDispose]: () => node.stop('test') }
}

/** Resolves when the node may get traffic. */
export async function ready(url: string): Promise<void> {
  await vi.waitUntil(async () => (await fetch(`${url}/readyz`)).ok, { timeout: 10_000, interval: 50 })
}
