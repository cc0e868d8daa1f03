/** A problem the person at the keyboard can solve: its message is one sentence, shown without a stack trace. */
export class UserError extends Error {}

/** The person asked to stop while something was still starting; nothing is wrong. */
export class Interrupted extends Error {}

/**
 * Runs a script's main function and turns what it throws into one line on stderr and exit code 1.
 * @param {() => Promise<void>} main
 * @param {() => Promise<void>} [cleanUp] runs before the process ends after an error.
 */
export async function runMain(main, cleanUp = async () => {}) {
  try {
    await main()
  } catch (error) {
    if (error instanceof Interrupted) return
    const sentence = error instanceof UserError ? error.message : `unexpected error: ${firstLine(error)}`
    process.stderr.write(`waggle: ${sentence}\n`)
    if (!(error instanceof UserError) && process.env.LOG_LEVEL === 'debug') process.stderr.write(`${error?.stack}\n`)
    await cleanUp().catch(() => {})
    process.exit(1)
  }
}

/** @param {unknown} error */
export function firstLine(error) {
  const text = error instanceof Error ? error.message || error.code || error.name : String(error)
  return String(text).trim().split('\n')[0]
}
