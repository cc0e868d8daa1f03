import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { UserError } from './user-error.mjs'

const SETPRIV = '/usr/bin/setpriv'

/**
 * How PostgreSQL's programs have to be started. It refuses to run as root, so that root starts it as the owner
 * of the data, `postgres` or `nobody`. On Linux it is also told to end when the one who started it has died.
 * @param {string} dataDir
 * @param {string} program one of PostgreSQL's programs
 * @returns {{ owner?: { uid: number, gid: number }, wrap(program: string, args: string[]): { command: string, args: string[] } }}
 * @throws {UserError} when this user cannot run PostgreSQL on this folder.
 */
export function postgresUser(dataDir, program) {
  const isRoot = process.getuid?.() === 0
  const hasSetpriv = process.platform === 'linux' && existsSync(SETPRIV)
  const found = existsSync(dataDir) ? statSync(dataDir) : undefined
  if (!isRoot) {
    if (found && process.getuid && found.uid !== process.getuid()) {
      throw new UserError(
        `the data folder ${dataDir} belongs to another user; start as that user or delete the folder.`,
      )
    }
    if (!hasSetpriv) return { wrap: (command, args) => ({ command, args }) }
    return { wrap: (command, args) => ({ command: SETPRIV, args: ['--pdeathsig', 'INT', command, ...args] }) }
  }
  if (!hasSetpriv) {
    throw new UserError(
      'PostgreSQL does not run as root; start as another user or set DATABASE_URL to a PostgreSQL of your own.',
    )
  }
  const owner = found && found.uid !== 0 ? { uid: found.uid, gid: found.gid } : systemUser()
  const options = ['--reuid', String(owner.uid), '--regid', String(owner.gid), '--clear-groups', '--pdeathsig', 'INT']
  if (!canReach(owner, dirname(dataDir)) || !canReach(owner, dirname(program))) {
    // A folder below /root is closed to everybody else; this lets PostgreSQL, and nothing else, through.
    // access(2), with which initdb looks for its programs, forgets capabilities unless the bit says otherwise (capabilities(7)).
    options.push('--inh-caps', '+dac_override', '--ambient-caps', '+dac_override', '--securebits', '+no_setuid_fixup')
  }
  return { owner, wrap: (command, args) => ({ command: SETPRIV, args: [...options, command, ...args] }) }
}

/** A user that exists on every Linux, so that none has to be made. */
function systemUser() {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n')
  for (const name of ['postgres', 'nobody']) {
    const fields = lines.find((line) => line.startsWith(`${name}:`))?.split(':')
    if (fields) return { uid: Number(fields[2]), gid: Number(fields[3]) }
  }
  throw new UserError('PostgreSQL does not run as root and there is no user postgres or nobody; start as another user.')
}

/** Whether the user may pass through the folder and all above it. */
function canReach(user, folder) {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(at)) {
      const { mode, uid, gid } = statSync(at)
      const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
      if ((mode & bit) === 0) return false
    }
    if (at === dirname(at)) return true
  }
}
