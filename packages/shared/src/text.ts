/**
 * Why a text may not be stored, or null. PostgreSQL refuses NUL and half surrogate pairs;
 * other control characters have no meaning in a bubble and can break a terminal or a log.
 */
export function textProblem(text: string): string | null {
  if (hasControlCharacter(text)) return 'must not contain control characters'
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

/** Line feed and tab are the only control characters (C0, DEL, C1) that a message may hold. */
function hasControlCharacter(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code > 0x9f || (code >= 0x20 && code < 0x7f)) continue
    if (code !== 0x0a && code !== 0x09) return true
  }
  return false
}
