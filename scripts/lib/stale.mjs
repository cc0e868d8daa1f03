import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { at, root } from './paths.mjs'

/** Never part of what a build reads: its own output, what is installed, and tests. */
const IGNORED = new Set(['node_modules', 'dist', '.next', '.data', '.git', 'next-env.d.ts', 'tsconfig.tsbuildinfo'])
const isTest = (name) => /\.test\.[cm]?[jt]sx?$/.test(name)

async function filesBelow(path, skip) {
  if (!existsSync(path) || skip.has(path)) return []
  if ((await stat(path)).isFile()) return [path]
  const entries = await readdir(path, { withFileTypes: true })
  const wanted = entries.filter(({ name }) => !IGNORED.has(name) && !isTest(name))
  return (await Promise.all(wanted.map(({ name }) => filesBelow(join(path, name), skip)))).flat()
}

/** A hash of names and contents, so that a checkout or a copy with new times is not a change. */
async function hashOf(paths, skip = []) {
  const skipped = new Set(skip.map((path) => at(path)))
  const files = (await Promise.all(paths.map((path) => filesBelow(at(path), skipped)))).flat().sort()
  const hash = createHash('sha256')
  for (const file of files) {
    hash.update(`${relative(root, file)}\0`)
    hash.update(
      createHash('sha256')
        .update(await readFile(file))
        .digest(),
    )
  }
  return hash.digest('hex')
}

/**
 * @typedef {object} Build
 * @property {string} name
 * @property {string} about what it makes and how long it takes, for the progress line
 * @property {string[]} inputs files and folders below the root
 * @property {string[]} [skip] folders among the inputs that are not read
 * @property {string[]} outputs files that tell whether the output is there and still the one we made
 * @property {string} stamp the file with the hash, next to the output
 * @property {() => Promise<void>} run
 */

/** Counts as an input of every build: what is installed, and how builds are made. */
const COMMON = ['package-lock.json', 'tsconfig.json', 'scripts/lib/builds.mjs']

/** @param {Build} build */
const inputsOf = (build) => hashOf([...build.inputs, ...COMMON], build.skip)

/**
 * @param {Build} build
 * @returns {Promise<string | null>} the hash of the inputs when a build is needed, or null.
 */
export async function staleHash(build) {
  const inputs = await inputsOf(build)
  const stamp = await readFile(at(build.stamp), 'utf8').catch(() => '')
  const complete = build.outputs.every((path) => existsSync(at(path)))
  return complete && stamp === `${inputs} ${await hashOf(build.outputs)}` ? null : inputs
}

/** Writes down that the output is that of these inputs. The hash is from before the build: edits during it count. */
export async function markFresh(build, inputs) {
  await mkdir(dirname(at(build.stamp)), { recursive: true })
  await writeFile(at(build.stamp), `${inputs} ${await hashOf(build.outputs)}`)
}
