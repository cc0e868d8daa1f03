/** One JSON value per line: JSON never holds a line feed of its own. */
export function frame(value: unknown): string {
  return `${JSON.stringify(value)}\n`
}

/** Bytes of one line; the largest answer is a catch-up of some 2,000 messages. */
const MAX_LINE = 64 * 1024 * 1024

/** Cuts a stream of text into values. @returns feed; throws on a line that is not JSON or never ends. */
export function frameReader(onValue: (value: unknown) => void): (chunk: string) => void {
  let parts: string[] = []
  let length = 0
  return (chunk) => {
    let from = 0
    for (let end = chunk.indexOf('\n'); end !== -1; end = chunk.indexOf('\n', from)) {
      parts.push(chunk.slice(from, end))
      onValue(JSON.parse(parts.length === 1 ? (parts[0] as string) : parts.join('')))
      parts = []
      length = 0
      from = end + 1
    }
    if (from === chunk.length) return
    parts.push(chunk.slice(from))
    length += chunk.length - from
    if (length > MAX_LINE) throw new RangeError('a line without an end')
  }
}
