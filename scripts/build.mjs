import { buildStale } from './lib/build-stale.mjs'
import { interruptRunning } from './lib/processes.mjs'
import { createProgress } from './lib/progress.mjs'
import { stopOnSignals } from './lib/services.mjs'
import { runMain } from './lib/user-error.mjs'

/** `npm run build [-- name …]`: everything whose sources changed, or the named builds among them. */
const progress = createProgress()
stopOnSignals(interruptRunning, progress.line)
await runMain(async () => {
  const names = process.argv.slice(2)
  const built = await buildStale({ progress, only: names.length > 0 ? names : undefined })
  progress.line(built.length > 0 ? `built ${built.join(', ')}` : 'everything is up to date')
})
