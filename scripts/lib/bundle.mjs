import { at, root } from './paths.mjs'
import { UserError } from './user-error.mjs'

/**
 * Bundles our TypeScript into one file for Node; what is installed stays in node_modules.
 * @param {{ entry?: string, source?: string, outfile: string }} options `source` is the text of an entry without a file.
 * @throws {UserError} with the first error.
 */
export async function bundle({ entry, source, outfile }) {
  // Loaded only for a build: a machine with finished builds does without esbuild.
  const { build } = await import('esbuild')
  try {
    await build({
      ...(entry ? { entryPoints: [at(entry)] } : { stdin: { contents: source, resolveDir: root, loader: 'ts' } }),
      outfile: at(outfile),
      absWorkingDir: root,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20.19',
      sourcemap: true,
      logLevel: 'silent',
      plugins: [{ name: 'installed-packages-stay', setup: keepInstalled }],
    })
  } catch (error) {
    const first = error.errors?.[0]
    const place = first?.location ? ` (${first.location.file}:${first.location.line})` : ''
    throw new UserError(`${outfile} cannot be built: ${first?.text ?? error.message}${place}.`)
  }
}

/** Our own packages give TypeScript and are bundled; every other bare name is left to Node. */
function keepInstalled(build) {
  build.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
    kind === 'entry-point' || path.startsWith('@waggle/') || path.startsWith('/')
      ? undefined
      : { path, external: true },
  )
}
