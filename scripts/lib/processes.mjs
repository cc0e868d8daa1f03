import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { Interrupted, UserError } from './user-error.mjs'

/** Realtime gives each of its steps 5 s; past this a process counts as hanging. */
const STOP_MS = 30_000

/** How many of its last lines a process that fails is quoted with. */
const TAIL_LINES = 20

const groups = new Set()

/** A signal to the process and everything it started. */
function signalGroup(pid, signal) {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal)
  } catch {
    // The group is gone, which is what we want.
  }
}

/** Nothing outlives this script, however it ends. */
export function killAllGroups() {
  for (const pid of groups) signalGroup(pid, 'SIGKILL')
}
process.on('exit', killAllGroups)

/**
 * Starts a program in a process group of its own, so that Ctrl-C in the terminal reaches only us and we choose the order.
 * @param {string} name for messages
 * @param {string[]} args of our own Node, or of `command`
 * @param {{ command?: string, cwd?: string, env?: Record<string, string | undefined>, onLine?: (line: string, stream: 'stdout' | 'stderr') => void }} [options]
 */
export function startProcess(name, args, { command = process.execPath, cwd, env = process.env, onLine } = {}) {
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const tail = []
  if (child.pid) groups.add(child.pid)
  for (const stream of ['stdout', 'stderr']) {
    createInterface({ input: child[stream] }).on('line', (line) => {
      tail.push(line)
      if (tail.length > TAIL_LINES) tail.shift()
      onLine?.(line, stream)
    })
  }
  /** `close` rather than `exit`, so that the last lines have been read. */
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: 1, signal: null, error }))
    child.once('close', (code, signal) => resolve({ code, signal }))
  }).then((result) => {
    if (child.pid) {
      signalGroup(child.pid, 'SIGKILL')
      groups.delete(child.pid)
    }
    return result
  })
  return {
    name,
    pid: child.pid,
    tail,
    ended,
    /** @param {NodeJS.Signals} [signal] */
    kill(signal = 'SIGKILL') {
      if (child.pid) signalGroup(child.pid, signal)
    },
    /** Asks it to end, waits, and ends it by force when it does not. */
    async stop(signal = 'SIGTERM') {
      if (child.exitCode === null && child.signalCode === null && child.pid) {
        // Only the leader is asked: it knows in which order its own children have to end.
        child.kill(signal)
      }
      const timer = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), STOP_MS)
      await ended
      clearTimeout(timer)
    },
  }
}

/** Programs that have to end well before we go on, in order to be stopped with us. */
const running = new Set()

/**
 * Runs a program to its end.
 * @throws {UserError} with its last lines when it fails.
 */
export async function runProcess(name, args, options = {}) {
  const child = startProcess(name, args, options)
  running.add(child)
  const { code, error } = await child.ended
  running.delete(child)
  if (child.interrupted) throw new Interrupted()
  if (error) throw new UserError(`${name} could not be started: ${error.message}`)
  if (code !== 0) throw new UserError(`${name} failed (exit code ${code}):\n${child.tail.join('\n')}`)
}

/** Ends the programs of `runProcess`. */
export async function interruptRunning() {
  await Promise.all(
    [...running].map((child) => {
      child.interrupted = true
      child.kill('SIGTERM')
      return child.stop()
    }),
  )
}
