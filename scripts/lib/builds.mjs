import { mkdir } from 'node:fs/promises'
import { bundle } from './bundle.mjs'
import { at, bins } from './paths.mjs'
import { runProcess } from './processes.mjs'

const production = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }
const packages = ['packages/shared', 'packages/moderation', 'packages/business', 'packages/database']

/** In the order they have to run: the web build serves the widget from its public folder. */
export const builds = [
  {
    name: 'tools',
    about: 'building the database tools',
    inputs: [...packages, 'prisma'],
    outputs: ['dist/tools.js'],
    stamp: 'dist/.built-tools',
    run: () =>
      bundle({
        source: `export { migrate } from '@waggle/database'\nexport * from './prisma/seed/index.ts'\n`,
        outfile: 'dist/tools.js',
      }),
  },
  {
    name: 'realtime',
    about: 'building realtime',
    inputs: [...packages, 'apps/realtime'],
    outputs: ['apps/realtime/dist/main.js'],
    stamp: 'apps/realtime/dist/.built',
    run: () => bundle({ entry: 'apps/realtime/src/main.ts', outfile: 'apps/realtime/dist/main.js' }),
  },
  {
    name: 'widget',
    about: 'building the widget, about 5 s',
    inputs: ['apps/web/widget', 'apps/web/lib', 'apps/web/package.json', 'packages/shared', 'packages/client'],
    outputs: ['apps/web/public/widget'],
    stamp: 'dist/.built-widget',
    async run() {
      await mkdir(at('apps/web/public/widget'), { recursive: true })
      for (const config of ['widget/vite.config.ts', 'widget/vite.loader.config.ts']) {
        const args = [bins.vite, 'build', '--config', config, '--logLevel', 'warn']
        await runProcess('vite build', args, { cwd: at('apps/web'), env: production })
      }
    },
  },
  {
    name: 'web',
    about: 'building the console, about 60 s the first time',
    inputs: ['apps/web', 'packages/shared', 'packages/client'],
    skip: ['apps/web/widget', 'apps/web/public'],
    outputs: ['apps/web/.next/BUILD_ID'],
    stamp: 'apps/web/.next/.built',
    run: () => runProcess('next build', [bins.next, 'build'], { cwd: at('apps/web'), env: production }),
  },
]
