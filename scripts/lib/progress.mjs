/** @param {number} ms */
export const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`

/**
 * Lines such as `  3.2 s  realtime is ready (1.1 s)`: the time since the start, what happened, how long it took.
 * @param {{ write?: (line: string) => void }} [options] `write` defaults to stdout.
 */
export function createProgress({ write = (line) => process.stdout.write(line) } = {}) {
  const begin = performance.now()
  const line = (text) => write(`${seconds(performance.now() - begin).padStart(8)}  ${text}\n`)
  return {
    line,
    elapsed: () => performance.now() - begin,
    /**
     * @template T
     * @param {string} text what is done
     * @param {() => Promise<T>} work
     */
    async step(text, work) {
      const from = performance.now()
      const result = await work()
      line(`${text} (${seconds(performance.now() - from)})`)
      return result
    },
  }
}
