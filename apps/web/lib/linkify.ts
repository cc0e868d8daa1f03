export interface Part {
  /** Where it begins; unique within the text. */
  at: number
  text: string
  href?: string
}

const LINK = /https?:\/\/[^\s<>"'()（）。,，、；！？]+[^\s<>"'()（）。,，、；！？.:;!?]/gi

/** A text in pieces, web addresses apart. Only http and https: nothing else may become a link. */
export function linkify(text: string): Part[] {
  const parts: Part[] = []
  let from = 0
  for (const match of text.matchAll(LINK)) {
    if (match.index > from) parts.push({ at: from, text: text.slice(from, match.index) })
    parts.push({ at: match.index, text: match[0], href: match[0] })
    from = match.index + match[0].length
  }
  if (from < text.length) parts.push({ at: from, text: text.slice(from) })
  return parts
}
