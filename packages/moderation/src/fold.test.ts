import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fold, normalize } from './fold.ts'

const anyText = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...'aZｆＦﬁé한각ｶﾞΣς微信'),
    fc.constantFrom('\u0301', '\u3099', '\u1161', '👍', '\ud83d'),
  ),
})
const unicode = fc.string({ unit: 'binary' })

describe('[MOD1] folding', () => {
  test.each([
    ['Ｗｅｃｈａｔ', 'wechat'],
    ['ｶﾞｲﾄﾞ', 'ガイド'],
    ['cafe\u0301', 'café'],
    ['\u1112\u1161\u11ab', '한'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['ﬁ', 'fi'],
    ['微信ＱＱ１２３', '微信qq123'],
  ])('%s is compared as %s', (text, folded) => expect(normalize(text)).toBe(folded))

  test('equals NFKC and lower case of the whole text', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, unicode), (text) => {
        const whole = text.toWellFormed().normalize('NFKC').toLowerCase().normalize('NFKC').replaceAll('ς', 'σ')
        expect(normalize(text)).toBe(whole)
      }),
    )
  })

  test('folding twice changes nothing', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, unicode), (text) => {
        expect(normalize(normalize(text))).toBe(normalize(text))
      }),
    )
  })

  test('every unit knows a whole, not empty range of the original, in order', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, unicode), (text) => {
        const folded = fold(text)
        const edges = new Set([0])
        let edge = 0
        for (const character of text) {
          edge += character.length
          edges.add(edge)
        }
        expect(folded.starts.length).toBe(folded.text.length)
        for (let i = 0; i < folded.text.length; i++) {
          const [start, end] = [folded.starts[i] as number, folded.ends[i] as number]
          expect(end).toBeGreaterThan(start)
          if (i > 0) expect(start === folded.starts[i - 1] || start === folded.ends[i - 1]).toBe(true)
          expect(edges.has(start) && edges.has(end)).toBe(true)
        }
      }),
    )
  })
})
