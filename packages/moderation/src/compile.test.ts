import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { atWordBoundary, compile, type ListedWord, normalize } from './index.ts'

const word = (text: string, action: ListedWord['action'] = 'block', direction: ListedWord['direction'] = 'both') => ({
  id: `${text}/${action}/${direction}`,
  text,
  action,
  direction,
})
const check = (text: string, ...words: ListedWord[]) => compile(words).check(text, 'agent-to-traveler')

describe('[MOD1] word matcher', () => {
  test('finds Chinese words anywhere and Latin words as whole words', () => {
    expect(check('请加我微信号', word('微信'))).toMatchObject({
      action: 'block',
      hits: [{ word: '微信', start: 3, end: 5 }],
    })
    expect(check('first class', word('ass')).action).toBe('pass')
    expect(check('assistant', word('ass')).action).toBe('pass')
    expect(check('what an ass!', word('ass')).action).toBe('block')
    expect(check('加QQ群', word('qq')).action).toBe('block')
    expect(check('call 1100', word('110')).action).toBe('pass')
    expect(check('환불은 언제', word('환불')).action).toBe('block')
    expect(check('I like c++.', word('C++')).action).toBe('block')
  })

  test('finds full-width, half-width, capital and decomposed writing', () => {
    expect(check('Ｗｅ Ｃｈａｔ', word('we chat')).hits?.[0]).toMatchObject({ start: 0, end: 7 })
    expect(check('CAFE\u0301 bar', word('café')).hits?.[0]).toMatchObject({ start: 0, end: 5 })
    expect(check('㍿です', word('会社')).hits?.[0]).toMatchObject({ start: 0, end: 1 })
  })

  test('the strongest action wins and only masked words are masked', () => {
    const words = [word('微信', 'mask'), word('转账', 'review'), word('私下', 'block')]
    expect(check('微信转账', ...words)).toMatchObject({ action: 'mask', masked: '**转账' })
    expect(check('转账', ...words)).toEqual({
      action: 'review',
      hits: [{ wordId: '转账/review/both', word: '转账', start: 0, end: 2 }],
    })
    expect(check('私下微信转账', ...words)).toMatchObject({ action: 'block' })
    expect(check('私下微信转账', ...words).masked).toBeUndefined()
    expect(check('你好', ...words)).toEqual({ action: 'pass' })
  })

  test('masks characters, not units', () => {
    expect(check('a👍🏽b', word('👍🏽', 'mask')).masked).toBe('a**b')
  })

  test('a word of one direction leaves the other alone, and one text may have an action for each', () => {
    const matcher = compile([word('微信', 'block', 'agent-to-traveler'), word('微信', 'mask', 'traveler-to-agent')])
    expect(matcher.check('微信', 'agent-to-traveler').action).toBe('block')
    expect(matcher.check('微信', 'traveler-to-agent').action).toBe('mask')
  })

  test('overlapping words are all found', () => {
    expect(check('微信支付宝', word('微信支付'), word('支付宝'), word('支付')).hits?.map((hit) => hit.word)).toEqual([
      '微信支付',
      '支付',
      '支付宝',
    ])
  })

  test('another engine can skip characters and make exceptions', () => {
    const matcher = compile([word('微信', 'mask')], {
      fold: (text) => {
        const kept = text
          .split('')
          .map((unit, at) => ({ unit, at }))
          .filter(({ unit }) => unit !== '-')
        return {
          text: kept.map(({ unit }) => unit).join(''),
          starts: kept.map(({ at }) => at),
          ends: kept.map(({ at }) => at + 1),
        }
      },
      accept: (text, start, end) => text[end] !== '读' && atWordBoundary(text, start, end),
    })
    expect(matcher.check('加微-信号', 'agent-to-traveler').masked).toBe('加***号')
    expect(matcher.check('微信读书', 'agent-to-traveler').action).toBe('pass')
  })
})

const piece = fc.constantFrom('微', '信', '转', 'a', 'B', 's', 'Ｓ', ' ', 'é', 'e\u0301', '👍', 'ﬁ', 'i', '\ud83d', '1')
const textOf = (maxLength: number) => fc.array(piece, { maxLength }).map((parts) => parts.join(''))
const listOf = fc.uniqueArray(
  fc.record({
    text: textOf(3),
    action: fc.constantFrom('block', 'mask', 'review'),
    direction: fc.constantFrom('both', 'traveler-to-agent', 'agent-to-traveler'),
  }),
  { maxLength: 12 },
)
const listed = listOf.map((words) => words.map((entry, index) => ({ ...entry, id: String(index) })) as ListedWord[])

describe('[MOD1] word matcher, for any list and text', () => {
  test('finds exactly what a naive search finds', () => {
    fc.assert(
      fc.property(listed, textOf(30), (words, text) => {
        const folded = normalize(text)
        const naive: string[] = []
        for (const { id, text: wanted, direction } of words) {
          const needle = normalize(wanted)
          if (needle === '' || direction === 'traveler-to-agent') continue
          for (let at = 0; at <= folded.length - needle.length; at++) {
            if (folded.startsWith(needle, at) && atWordBoundary(folded, at, at + needle.length)) naive.push(id)
          }
        }
        const found = compile(words).check(text, 'agent-to-traveler')
        expect((found.hits ?? []).map((hit) => hit.wordId).sort()).toEqual(naive.sort())
      }),
      { numRuns: 500 },
    )
  })

  test('a hit covers whole characters, and what it covers holds the word', () => {
    fc.assert(
      fc.property(listed, textOf(30), (words, text) => {
        const edges = new Set([0])
        let at = 0
        for (const character of text) {
          at += character.length
          edges.add(at)
        }
        for (const hit of compile(words).check(text, 'traveler-to-agent').hits ?? []) {
          expect(edges.has(hit.start) && edges.has(hit.end) && hit.start < hit.end).toBe(true)
          expect(normalize(text.slice(hit.start, hit.end))).toContain(normalize(hit.word))
        }
      }),
      { numRuns: 500 },
    )
  })

  test('masking keeps the number of characters and everything outside the hits', () => {
    fc.assert(
      fc.property(listed, textOf(30), (words, text) => {
        const masks = words.map((entry) => ({ ...entry, action: 'mask' as const }))
        const found = compile(masks).check(text, 'traveler-to-agent')
        if (found.action === 'pass') return
        let at = 0
        const expected = Array.from(text, (character) => {
          const covered = found.hits.some((hit) => hit.start <= at && at < hit.end)
          at += character.length
          return covered ? '*' : character
        })
        expect(found.masked).toBe(expected.join(''))
      }),
      { numRuns: 500 },
    )
  })
})
