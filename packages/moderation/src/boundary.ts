/** Decides whether a found word counts, given the folded text and the range [start, end). */
export type Accept = (text: string, start: number, end: number) => boolean

/** Written without spaces between words, or with endings glued on: a word may stand anywhere. */
const UNSPACED =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const WORD_PART = /^[\p{L}\p{M}\p{N}]/u

/**
 * An end of the word that is a letter or digit of a spaced script must be an end in the text too:
 * "ass" is not found in "class", but "QQ" is found in "加QQ群" and "微信" anywhere.
 */
export const atWordBoundary: Accept = (text, start, end) => {
  return !(inSpacedWord(text, start) && inSpacedWord(text, before(text, start))) && !endsInside(text, end)
}

function endsInside(text: string, end: number): boolean {
  return inSpacedWord(text, before(text, end)) && inSpacedWord(text, end)
}

/** Index of the character that ends at `index`; -1 at the beginning. */
function before(text: string, index: number): number {
  const unit = text.charCodeAt(index - 1)
  return unit >= 0xdc00 && unit <= 0xdfff ? index - 2 : index - 1
}

function inSpacedWord(text: string, index: number): boolean {
  const code = index < 0 ? undefined : text.codePointAt(index)
  if (code === undefined) return false
  if (code < 0x80) return isAsciiWordPart(code)
  const character = String.fromCodePoint(code)
  return WORD_PART.test(character) && !UNSPACED.test(character)
}

function isAsciiWordPart(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a)
}
