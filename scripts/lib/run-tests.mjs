import { mkdir, readFile, rm } from 'node:fs/promises'
import { buildStale } from './build-stale.mjs'
import { loadEnvFile } from './env.mjs'
import { at, bins, root } from './paths.mjs'
import { interruptRunning, runProcess, startProcess } from './processes.mjs'
import { createProgress, seconds } from './progress.mjs'
import { stopOnSignals } from './services.mjs'
import { ensureSystemPackages } from './system-packages.mjs'
import { runMain, UserError } from './user-error.mjs'

const WEB = 'apps/web/tsconfig.json'
const WIDGET = 'apps/web/widget/tsconfig.json'

/** Checks that read the code; each counts as one. */
const checks = [
  { name: 'style and lint', args: [bins.biome, 'check', '.'] },
  { name: 'types', args: [bins.tsc, '--noEmit'] },
  { name: 'types of the console', args: [bins.tsc, '--noEmit', '-p', WEB] },
  { name: 'types of the widget', args: [bins.tsc, '--noEmit', '-p', WIDGET] },
  {
    name: 'import rules',
    args: [
      bins.depcruise,
      'apps',
      'packages',
      'playwright',
      'bench',
      'faults',
      'prisma',
      '--config',
      '.dependency-cruiser.cjs',
    ],
  },
  { name: 'unused code', args: [bins.knip] },
]
const afterBuild = [{ name: 'size of the widget', args: [bins.sizeLimit] }]

const HELP = `Runs every test: style, types, import rules, unit, contract and integration tests on a real PostgreSQL and
Redis, then a real Chromium. Missing system packages are installed where this may (Debian, root).

  npm test                   everything, about seven minutes on two cores
  npm test -- checks unit    only these of: checks, unit, faults, browser
`

/** @param {string[]} only names of parts; none means all. */
export async function runTests(only) {
  const progress = createProgress()
  stopOnSignals(interruptRunning, progress.line)
  await runMain(() => run(progress, only))
}

async function run(progress, only) {
  if (only.includes('--help')) return void process.stdout.write(HELP)
  const unknown = only.find((name) => !['checks', 'unit', 'faults', 'browser'].includes(name))
  if (unknown) throw new UserError(`there is no part "${unknown}" (npm test -- --help)`)
  const wants = (name) => only.length === 0 || only.includes(name)
  loadEnvFile()
  const total = { passed: 0, failed: 0 }
  const add = ({ passed, failed }) => {
    total.passed += passed
    total.failed += failed
  }
  await rm(at('test-results'), { recursive: true, force: true })
  await mkdir(at('test-results'), { recursive: true })
  if (wants('unit') || wants('faults') || wants('browser')) await ensureSystemPackages(progress.line)

  // The type check of the pages reads types that a build of them writes.
  await buildStale({ progress, assertRunning: () => {} })
  if (wants('checks')) for (const check of [...checks, ...afterBuild]) add(await runCheck(progress, check))
  if (wants('unit')) add(await runSuite(progress, 'unit, contract and integration tests', vitest))
  if (wants('faults')) add(await runSuite(progress, 'faults under load (npm run faults -- --smoke)', smoke))
  if (wants('browser')) add(await runSuite(progress, 'browser tests', playwright))

  progress.line(total.failed === 0 ? 'everything passed' : 'see above for what failed')
  process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`)
  process.exitCode = total.failed === 0 ? 0 : 1
}

async function runCheck(progress, { name, args }) {
  const from = performance.now()
  try {
    await runProcess(name, args, { cwd: root })
    progress.line(`${name}: passed (${seconds(performance.now() - from)})`)
    return { passed: 1, failed: 0 }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    progress.line(`${name}: failed`)
    process.stdout.write(`${error.message}\n`)
    return { passed: 0, failed: 1 }
  }
}

const vitest = {
  args: [bins.vitest, 'run', '--reporter=default', '--reporter=json', '--outputFile.json=test-results/vitest.json'],
  result: 'test-results/vitest.json',
  count: ({ numPassedTests, numFailedTests, testResults }) => ({
    passed: numPassedTests,
    // A file that cannot be loaded has no tests to fail.
    failed:
      numFailedTests +
      testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length,
  }),
}
const smoke = {
  args: [at('scripts/faults.mjs'), '--smoke'],
  result: 'test-results/faults/summary.json',
  count: ({ held, broken }) => ({ passed: held, failed: broken }),
}
const playwright = {
  args: [bins.playwright, 'test'],
  result: 'test-results/playwright.json',
  count: ({ stats }) => ({ passed: stats.expected, failed: stats.unexpected + stats.flaky }),
}

/** A test runner with its own output; a run that ends without a result counts as one failure. */
async function runSuite(progress, name, { args, result, count }) {
  progress.line(name)
  const child = startProcess(name, args, {
    cwd: root,
    env: { ...process.env, FORCE_COLOR: '0' },
    onLine: (line, stream) => process[stream].write(`${line}\n`),
  })
  const { code } = await child.ended
  const counted = await readFile(at(result), 'utf8').then(
    (text) => count(JSON.parse(text)),
    () => null,
  )
  if (counted === null || (code !== 0 && counted.failed === 0)) {
    progress.line(`${name}: ended with exit code ${code}`)
    return { passed: counted?.passed ?? 0, failed: 1 }
  }
  return counted
}
