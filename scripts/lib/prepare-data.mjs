import { pathToFileURL } from 'node:url'
import { databaseContent } from './check-database.mjs'
import { at } from './paths.mjs'
import { firstLine, UserError } from './user-error.mjs'

/**
 * Applies the migrations and, where there is no merchant yet, the demo data.
 * @param {{ url: string, production: boolean, progress: ReturnType<typeof import('./progress.mjs').createProgress> }} options
 *   `production` never gets demo data, and does not start with it.
 * @returns {Promise<{ signIns: object[] | null }>} how to sign in to the demo data, or null when there is none.
 * @throws {UserError}
 */
export async function prepareData({ url, production, progress }) {
  const { migrate, seedDemo, demoSignIns = [] } = await import(pathToFileURL(at('dist/tools.js')).href)
  await progress.step('migrations are applied', () =>
    migrate({ url, directory: at('prisma/migrations'), onProgress: progress.line }).catch((error) => {
      throw new UserError(`the migrations could not be applied: ${firstLine(error)}.`)
    }),
  )
  const content = await databaseContent(url)
  if (production && content === 'demo') {
    throw new UserError(
      'the database holds demo data, whose secrets everyone knows; NODE_ENV=production needs a database of its own (DATABASE_URL).',
    )
  }
  if (content === 'demo') return { signIns: demoSignIns }
  if (production || content === 'own') return { signIns: null }
  await progress.step('demo data is there', () =>
    seedDemo({ url, onProgress: progress.line }).catch((error) => {
      throw new UserError(`the demo data could not be written: ${firstLine(error)}.`)
    }),
  )
  return { signIns: demoSignIns }
}
