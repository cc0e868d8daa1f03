import { nodeVersionProblem } from './lib/node-version.mjs'

const problem = nodeVersionProblem(process.versions.node)
if (problem) {
  process.stderr.write(`waggle: ${problem}\n`)
  process.exit(1)
}
const { runTests } = await import('./lib/run-tests.mjs')
await runTests(process.argv.slice(2))
