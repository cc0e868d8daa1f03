// Runs after `npm install`: makes the typed database client from prisma/schema.prisma. Needs no network.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { nodeVersionProblem } from './lib/node-version.mjs'
import { at, root } from './lib/paths.mjs'

const TIMEOUT_MS = 120_000

const problem = nodeVersionProblem(process.versions.node) || generate()
if (problem) {
  process.stderr.write(`waggle: ${problem}\n`)
  process.exitCode = 1
}

/** @returns {string} one sentence when it failed, or an empty string. */
function generate() {
  const prisma = at('node_modules/prisma/build/index.js')
  if (!existsSync(prisma)) return 'the package prisma is not installed; run npm install with its development packages.'
  const result = spawnSync(process.execPath, [prisma, 'generate', '--no-hints'], {
    cwd: root,
    encoding: 'utf8',
    timeout: TIMEOUT_MS,
    env: {
      ...process.env,
      // Only migrations of Prisma's own need this engine, and it would be downloaded. Any program will do.
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
  })
  if (result.status === 0) return ''
  const words = `${result.stdout ?? ''}\n${result.stderr ?? ''}`.trim().split('\n').slice(-15).join('\n')
  return `the database client could not be generated from prisma/schema.prisma: ${result.error?.message ?? words}`
}
