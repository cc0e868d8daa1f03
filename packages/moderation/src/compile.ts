import { buildAutomaton } from './automaton.ts'
import { type Accept, atWordBoundary } from './boundary.ts'
import { type Fold, fold as foldText } from './fold.ts'

export type Action = 'block' | 'mask' | 'review'
export type Direction = 'traveler-to-agent' | 'agent-to-traveler'

export interface ListedWord {
  id: string
  text: string
  action: Action
  direction: 'both' | Direction
}

export interface Hit {
  wordId: string
  /** As it stands in the list. */
  word: string
  /** UTF-16 range [start, end) in the checked text; never cuts a character. */
  start: number
  end: number
}

export type CheckResult =
  | { action: 'pass'; hits?: undefined; masked?: undefined }
  | {
      /** The strongest of the hits: block, then mask, then review. */
      action: Action
      /** Every place of every word of this direction, by rising end. */
      hits: Hit[]
      /** For `mask`: each character that a masked word covers is a `*`, the number of characters is the same. */
      masked?: string
    }

export interface Matcher {
  /** Takes time linear in the text plus the hits. */
  check(text: string, direction: Direction): CheckResult
}

/** The parts that a richer engine replaces: skipped characters and look-alikes in `fold`, exceptions in `accept`. */
export interface Rules {
  fold?: Fold
  accept?: Accept
}

const strength = { pass: 0, review: 1, mask: 2, block: 3 } as const

/** Compiles a list once; checking is then pure and needs no list. A word that folds to nothing is never found. [MOD1] */
export function compile(
  words: readonly ListedWord[],
  { fold = foldText, accept = atWordBoundary }: Rules = {},
): Matcher {
  const listed = words
    .map(({ id, text, action, direction }) => ({ id, text, action, direction, folded: fold(text).text }))
    .filter(({ folded }) => folded !== '')
  if (listed.length === 0) return { check: () => ({ action: 'pass' }) }
  const automaton = buildAutomaton(listed.map(({ folded }) => folded))

  return {
    check: (text, direction) => {
      const folded = fold(text)
      const hits: Hit[] = []
      const toMask: Hit[] = []
      let action: CheckResult['action'] = 'pass'
      automaton.search(folded.text, (index, end) => {
        const word = listed[index] as (typeof listed)[number]
        if (word.direction !== 'both' && word.direction !== direction) return
        const start = end - word.folded.length
        if (!accept(folded.text, start, end)) return
        const hit = {
          wordId: word.id,
          word: word.text,
          start: folded.starts[start] as number,
          end: folded.ends[end - 1] as number,
        }
        hits.push(hit)
        if (word.action === 'mask') toMask.push(hit)
        if (strength[word.action] > strength[action]) action = word.action
      })
      return result(action, text, hits, toMask)
    },
  }
}

function result(action: CheckResult['action'], text: string, hits: Hit[], toMask: Hit[]): CheckResult {
  if (action === 'pass') return { action }
  return action === 'mask' ? { action, hits, masked: mask(text, toMask) } : { action, hits }
}

/** Counts openings and closings per place, so that hits which overlap cost no more than their number. */
function mask(text: string, hits: readonly Hit[]): string {
  const change = new Int32Array(text.length + 1)
  for (const { start, end } of hits) {
    change[start] = (change[start] as number) + 1
    change[end] = (change[end] as number) - 1
  }
  let covered = 0
  let at = 0
  let out = ''
  for (const character of text) {
    covered += change[at] as number
    out += covered > 0 ? '*' : character
    at += character.length
  }
  return out
}
