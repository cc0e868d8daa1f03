import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { runProcess } from './processes.mjs'
import { findProgram } from './redis-server.mjs'
import { UserError } from './user-error.mjs'

/** What the tests need besides npm's packages, and Debian's names for it. */
const parts = [
  {
    what: 'Chromium',
    package: 'chromium',
    isThere: () => existsSync(process.env.CHROMIUM_PATH || '/usr/bin/chromium'),
  },
  { what: 'Redis', package: 'redis-server', isThere: () => findProgram('redis-server') !== undefined },
  {
    what: 'a Chinese font',
    package: 'fonts-noto-cjk',
    isThere: () => spawnSync('fc-list', [':lang=zh'], { encoding: 'utf8' }).stdout?.trim() !== '',
  },
]

/**
 * Installs what is missing from Debian's packages where this process may, else says exactly what to install.
 * @param {(line: string) => void} say
 * @throws {UserError}
 */
export async function ensureSystemPackages(say) {
  const missing = parts.filter(({ isThere }) => !isThere())
  if (missing.length === 0) return
  const names = missing.map((part) => part.package).join(' ')
  const may = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  if (!may) {
    const why = missing.map(({ what }) => what).join(', ')
    throw new UserError(
      `the tests need ${why}; install with "sudo apt-get install ${names}" (elsewhere: Chromium with CHROMIUM_PATH set, and redis-server 7 or later in PATH).`,
    )
  }
  say(`installing ${names} from Debian's packages`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (args) => runProcess('apt-get', args, { command: '/usr/bin/apt-get', env })
  await apt(['update', '-qq'])
  await apt(['install', '-y', '-qq', '--no-install-recommends', ...missing.map((part) => part.package)])
}
