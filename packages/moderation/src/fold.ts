/** A text as it is compared, and where each of its UTF-16 units came from in the original. */
export interface Folded {
  text: string
  /** Per unit of `text`: first unit of the original character group it was made from. */
  starts: ArrayLike<number>
  /** Per unit of `text`: the unit after that group. */
  ends: ArrayLike<number>
}

/** How texts are made comparable. An engine that skips characters or unites look-alikes is another one of these. */
export type Fold = (text: string) => Folded

/**
 * One character with what Unicode may combine with it: marks, voicing marks, Hangul vowels and finals
 * in their conjoining, compatibility and half-width forms. At most 30, as in Unicode's stream-safe
 * text, because ordering a longer pile of marks costs quadratic time.
 */
const GROUP =
  /.[\p{M}\u1160-\u11ff\ud7b0-\ud7fb\u{16d67}\uff9e\uff9f\u3133\u3135\u3136\u313a-\u313f\u314f-\u3163\uffa3\uffa5\uffa6\uffaa-\uffaf\uffc2-\uffdc]{0,30}/suy

/** Folding one group costs a microsecond; texts repeat themselves. Emptied when full. */
const CACHE_SIZE = 8_192
const cache = new Map<string, string>()

/**
 * NFKC and lower case, group by group: equal for full and half width, composed and decomposed,
 * capital and small. A half surrogate becomes U+FFFD.
 */
export const fold: Fold = (text) => {
  const starts: number[] = []
  const ends: number[] = []
  let out = ''
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at)
    const single = isPlain(code) && (at + 1 === text.length || isPlain(text.charCodeAt(at + 1)))
    let end = at + 1
    let folded: string
    if (single) {
      folded = code >= 0x41 && code <= 0x5a ? String.fromCharCode(code + 0x20) : text.charAt(at)
    } else {
      GROUP.lastIndex = at
      const group = GROUP.exec(text)?.[0] ?? text.charAt(at)
      end = at + group.length
      folded = foldGroup(group)
    }
    out += folded
    for (let unit = 0; unit < folded.length; unit++) {
      starts.push(at)
      ends.push(end)
    }
    at = end
  }
  return { text: out, starts, ends }
}

/** The form in which words and messages are compared and words are stored for searching. */
export function normalize(text: string): string {
  return fold(text).text
}

/** Units that stand for themselves and combine with nothing before them: most of any text. */
function isPlain(code: number): boolean {
  if (code < 0x80) return true
  if (code < 0x3000) return code === 0x2014 || (code >= 0x2018 && code <= 0x201d)
  if (code < 0x3041) return code === 0x3001 || code === 0x3002
  return (
    code <= 0x3096 || // Hiragana
    (code >= 0x30a1 && code <= 0x30fa) || // Katakana
    (code >= 0x3400 && code <= 0x9fff && !(code >= 0x4dc0 && code <= 0x4dff)) || // Han
    (code >= 0xac00 && code <= 0xd7a3) // Hangul syllables
  )
}

function foldGroup(group: string): string {
  const known = cache.get(group)
  if (known !== undefined) return known
  // Lower case first and last, so that neither step undoes the other; a final sigma is a sigma.
  const lower = group.toWellFormed().normalize('NFKC').toLowerCase().normalize('NFKC')
  const folded = lower.replaceAll('ς', 'σ')
  if (cache.size >= CACHE_SIZE) cache.clear()
  cache.set(group, folded)
  return folded
}
