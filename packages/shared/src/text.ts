/** Line feed and tab are the only control characters a message may hold. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const forbiddenControls = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/

/**
 * Why a text may not be stored, or null. PostgreSQL refuses NUL and half surrogate pairs;
 * other control characters have no meaning in a bubble and can break a terminal or a log.
 */
export function textProblem(text: string): string | null {
  if (forbiddenControls.test(text)) return 'must not contain control characters'
  if (!text.isWellFormed()) return 'must not contain half of a surrogate pair'
  return null
}

/** One line of at most `length` characters for lists and notifications; never cuts a character in two. */
export function previewOf(text: string, length = 120): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= length) return line
  const characters = Array.from(line)
  return characters.length <= length ? line : `${characters.slice(0, length - 1).join('')}…`
}
