import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createProgress } from '../scripts/lib/progress.mjs'
import { createServices } from '../scripts/lib/services.mjs'
import { startCluster } from '../scripts/lib/start-cluster.mjs'

/** Two workers, a dispatcher, PostgreSQL, Redis and the web server, with demo data; gone at the end. */
export default async function setup(): Promise<() => Promise<void>> {
  const dataDir = join(tmpdir(), `waggle-e2e-${process.pid}`)
  const services = createServices({
    onCrash: (name: string, what: string, tail: string[]) => {
      process.stderr.write(`${name} ${what}\n${tail.join('\n')}\n`)
    },
  })
  const stop = async () => {
    await services.stopAll()
    await rm(dataDir, { recursive: true, force: true })
  }
  try {
    const progress = createProgress()
    const options = { services, progress, workers: 2, dispatchers: 1, dataDir, durable: false, web: true }
    const cluster = await startCluster(options)
    const workers = cluster.nodes.filter(({ role }: { role: string }) => role === 'worker')
    process.env.WAGGLE_E2E = JSON.stringify({
      webUrl: cluster.webUrl,
      apiUrl: cluster.url,
      workerMetrics: workers.map(
        ({ metricsPort }: { metricsPort: number }) => `http://127.0.0.1:${metricsPort}/metrics`,
      ),
    })
    return stop
  } catch (error) {
    await stop()
    throw error
  }
}
