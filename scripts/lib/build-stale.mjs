import { mkdir, open, readFile, rm } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { builds } from './builds.mjs'
import { at } from './paths.mjs'
import { markFresh, staleHash } from './stale.mjs'

const LOCK = at('dist/.building')

/** How often a second build looks whether the first has ended. */
const LOOK_MS = 200

const isAlive = (pid) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** One build of a tree at a time: `next build` refuses a second one and two would write the same files. */
async function withLock(onWait, work) {
  await mkdir(at('dist'), { recursive: true })
  for (let told = false; ; told = true) {
    try {
      const file = await open(LOCK, 'wx')
      await file.writeFile(String(process.pid))
      await file.close()
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      const owner = Number(await readFile(LOCK, 'utf8').catch(() => ''))
      if (owner > 0 && !isAlive(owner)) await rm(LOCK, { force: true })
      else {
        if (!told) onWait(owner)
        await wait(LOOK_MS)
      }
    }
  }
  try {
    return await work()
  } finally {
    await rm(LOCK, { force: true })
  }
}

/**
 * Runs the builds whose inputs changed since their output was made.
 * @param {{ progress: ReturnType<typeof import('./progress.mjs').createProgress>, only?: string[], assertRunning?: () => void }} options
 *   `only` keeps to these names; `assertRunning` throws to end between two builds.
 * @returns {Promise<string[]>} the names of what was built.
 * @throws {import('./user-error.mjs').UserError} when a build fails.
 */
export async function buildStale({ progress, only, assertRunning = () => {} }) {
  const wanted = builds.filter(({ name }) => !only || only.includes(name))
  const stale = await Promise.all(wanted.map(staleHash))
  if (stale.every((hash) => hash === null)) return []
  return withLock(
    (owner) => progress.line(`waiting for the build of process ${owner}`),
    async () => {
      const built = []
      for (const build of wanted) {
        const inputs = await staleHash(build)
        if (inputs === null) continue
        assertRunning()
        progress.line(build.about)
        await progress.step(`built ${build.name}`, () => build.run())
        await markFresh(build, inputs)
        built.push(build.name)
      }
      return built
    },
  )
}
