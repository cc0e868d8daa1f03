import type { Matcher } from '@waggle/moderation'
import type { MessageContent, ModerationMark } from '@waggle/shared'
import { mapTexts } from './content-texts.ts'

export interface Verdict {
  action: 'pass' | 'block' | 'mask' | 'review'
  /** What may be delivered: masked where the list says so. */
  content: MessageContent
  mark?: ModerationMark
  /** The listed words that were found. */
  words: string[]
  /** The checked texts as they were sent, for the reviewer. */
  original: string
}

const severity = { pass: 0, review: 1, mask: 2, block: 3 } as const

/**
 * Checks every readable text of a message against the merchant's list. [MOD1]
 * Notes are not checked: they never leave the agents' room.
 */
export function moderate(matcher: Matcher, content: MessageContent, from: 'traveler' | 'agent'): Verdict {
  const verdict: Verdict = { action: 'pass', content, words: [], original: '' }
  if (content.kind === 'note') return verdict
  const direction = from === 'traveler' ? 'traveler-to-agent' : 'agent-to-traveler'
  const originals: string[] = []
  verdict.content = mapTexts(content, (text) => {
    const result = matcher.check(text, direction)
    if (result.action === 'pass') return text
    originals.push(text)
    for (const hit of result.hits) verdict.words.push(hit.word)
    if (severity[result.action] > severity[verdict.action]) verdict.action = result.action
    return result.masked ?? text
  })
  if (verdict.action === 'mask' || verdict.action === 'review') verdict.mark = { action: verdict.action }
  verdict.words = [...new Set(verdict.words)]
  verdict.original = originals.join('\n')
  return verdict
}
