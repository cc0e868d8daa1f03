import { interruptRunning, killAllGroups, startProcess } from './processes.mjs'
import { firstLine, Interrupted, UserError } from './user-error.mjs'

/** npm passes Ctrl-C on to us after the terminal already did; signals this close together are one wish. */
const SAME_WISH_MS = 1_000

/**
 * What a script has started, stopped in the reverse order. One of these per script.
 * @param {{ onCrash?: (name: string, what: string, tail: string[]) => void }} [options]
 */
export function createServices({ onCrash = () => {} } = {}) {
  /** @type {{ name: string, stop: () => Promise<void> }[]} */
  const started = []
  let stopping

  const assertRunning = () => {
    if (stopping) throw new Interrupted()
  }

  return {
    assertRunning,
    get isStopping() {
      return stopping !== undefined
    },

    /**
     * Adds something that is starting; a stop meanwhile waits for it and then stops it.
     * @template {{ stop(): Promise<void> }} T
     * @param {string} name
     * @param {() => Promise<T>} start
     * @returns {Promise<T>}
     */
    async add(name, start) {
      assertRunning()
      const starting = start()
      started.push({
        name,
        stop: () =>
          starting.then(
            (service) => service.stop(),
            () => {},
          ),
      })
      const service = await starting
      assertRunning()
      return service
    },

    /**
     * Starts a process that has to keep running. Its end is a crash unless it was stopped with the rest.
     * @param {string} name
     * @param {string[]} args
     * @param {Parameters<typeof startProcess>[2] & { expectEnd?: () => boolean }} [options]
     */
    start(name, args, { expectEnd = () => false, ...options } = {}) {
      assertRunning()
      const child = startProcess(name, args, options)
      started.push({ name, stop: () => child.stop() })
      child.ended.then(({ code, signal }) => {
        if (stopping || expectEnd()) return
        onCrash(name, signal ? `was ended by ${signal}` : `ended with exit code ${code}`, child.tail)
      })
      return child
    },

    /** Stops everything, the last started first. May be called often; does it once. */
    stopAll(onStopped = () => {}) {
      stopping ??= (async () => {
        await interruptRunning()
        for (const { name, stop } of started.reverse()) {
          await stop().then(
            () => onStopped(name),
            (error) => onStopped(`${name}, with an error: ${firstLine(error)}`),
          )
        }
      })()
      return stopping
    },
  }
}

/**
 * Ctrl-C, a SIGTERM or a closed terminal stop everything in order; a second Ctrl-C ends it by force.
 * @param {(signal: string) => Promise<void>} stop
 * @param {(line: string) => void} say
 */
export function stopOnSignals(stop, say) {
  let first = 0
  const onSignal = (signal) => {
    if (first === 0) {
      first = Date.now()
      say(`stopping (${signal}); press Ctrl-C again to end everything at once`)
      stop(signal).then(
        () => process.exit(0),
        () => process.exit(1),
      )
    } else if (Date.now() - first > SAME_WISH_MS) {
      say('ending everything by force')
      killAllGroups()
      process.exit(1)
    }
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => onSignal(signal))
}

/**
 * Waits for the line on stdout with which a realtime node says that it is ready.
 * @returns an object with `lines` to feed and `ready` to wait for.
 */
export function readyLine() {
  let resolve
  const ready = new Promise((done) => {
    resolve = done
  })
  return {
    ready,
    feed(line) {
      if (!line.startsWith('{"event":"ready"')) return false
      resolve(JSON.parse(line))
      return true
    },
  }
}

/**
 * @template T
 * @param {ReturnType<typeof startProcess>} child
 * @param {Promise<T>} ready
 * @param {number} ms
 * @returns {Promise<T>}
 * @throws {UserError} in the child's own words when it ends first, or when it takes too long.
 */
export async function readyOrEnded(child, ready, ms) {
  let timer
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new UserError(`${child.name} was not ready after ${ms / 1000} s.`)), ms)
  })
  const ended = child.ended.then(({ code }) => {
    const words = child.tail.filter((line) => line.trim()).at(-1) ?? ''
    throw new UserError(`${child.name} ended with exit code ${code}: ${words}`)
  })
  try {
    return await Promise.race([ready, ended, late])
  } finally {
    clearTimeout(timer)
  }
}
