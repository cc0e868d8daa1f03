import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { at } from './lib/paths.mjs'
import { createProgress } from './lib/progress.mjs'
import { createServices, stopOnSignals } from './lib/services.mjs'
import { startCluster } from './lib/start-cluster.mjs'
import { runMain } from './lib/user-error.mjs'

/** `npm run openapi`: writes docs/openapi.json as a running node describes itself. A test sees when it is old. */
const progress = createProgress()
const services = createServices()
const folder = await mkdtemp(join(tmpdir(), 'waggle-openapi-'))
const cleanUp = async () => {
  await services.stopAll()
  await rm(folder, { recursive: true, force: true })
}
stopOnSignals(cleanUp, progress.line)
await runMain(async () => {
  const { nodes } = await startCluster({
    services,
    progress,
    both: 1,
    dataDir: join(folder, 'postgres'),
    durable: false,
  })
  const response = await fetch(`http://127.0.0.1:${nodes[0].port}/v1/openapi.json`)
  await writeFile(at('docs/openapi.json'), `${JSON.stringify(await response.json(), null, 2)}\n`)
  progress.line('docs/openapi.json is written')
  await cleanUp()
}, cleanUp)
