import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The root of the repository, whatever directory a script is started from. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** @param {...string} parts below the root */
export const at = (...parts) => join(root, ...parts)

/** The scripts that npm packages bring, run with our own Node so that no shell or `.cmd` file is between. */
export const bins = {
  next: at('node_modules/next/dist/bin/next'),
  vite: at('node_modules/vite/bin/vite.js'),
  tsc: at('node_modules/typescript/bin/tsc'),
  biome: at('node_modules/@biomejs/biome/bin/biome'),
  depcruise: at('node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
  knip: at('node_modules/knip/bin/knip.js'),
  sizeLimit: at('node_modules/size-limit/bin.js'),
  vitest: at('node_modules/vitest/vitest.mjs'),
  playwright: at('node_modules/@playwright/test/cli.js'),
}
