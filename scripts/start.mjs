// This file has to be understood by every Node there is, so that an old one gets a sentence and not a syntax error.
import { nodeVersionProblem } from './lib/node-version.mjs'

const problem = nodeVersionProblem(process.versions.node)
if (problem) {
  process.stderr.write(`waggle: ${problem}\n`)
  process.exit(1)
}
import('./lib/start-everything.mjs').then(
  (module) => module.startEverything(),
  (error) => {
    const missing = error.code === 'ERR_MODULE_NOT_FOUND'
    process.stderr.write(`waggle: ${missing ? 'something is not installed; run `npm ci` first.' : error.message}\n`)
    process.exit(1)
  },
)
