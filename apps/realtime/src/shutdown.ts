/** What has to end, in order. */
export type Stop = { name: string; stop: () => Promise<void> | void }

/** A step that takes longer is left behind, so that the process ends within its 30 s. */
const STEP_MS = 5_000

/**
 * Runs the steps in the order given, once; a failing or hanging step does not keep the next from running.
 * @param onError told which step failed.
 */
export function createShutdown(steps: Stop[], onError: (name: string, error: unknown) => void): () => Promise<void> {
  let running: Promise<void> | undefined
  const run = async () => {
    for (const { name, stop } of steps) {
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error(`not finished after ${STEP_MS} ms`)), STEP_MS)
      })
      try {
        await Promise.race([stop(), late])
      } catch (error) {
        onError(name, error)
      } finally {
        clearTimeout(timer)
      }
    }
  }
  return () => {
    running ??= run()
    return running
  }
}
