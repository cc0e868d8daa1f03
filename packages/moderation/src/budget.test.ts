import { expect, test } from 'vitest'
import { compile, type ListedWord } from './index.ts'

/** A fixed sequence of pseudo-random numbers in [0, below), so that every run measures the same work. */
function sequence(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff
    return Math.floor((state / 0x8000_0000) * below)
  }
}

/** The fastest of several runs: what the code costs, not what else the machine was doing. */
function fastest(runs: number, work: () => unknown): number {
  const times = Array.from({ length: runs }, () => {
    const from = performance.now()
    work()
    return performance.now() - from
  })
  return Math.min(...times)
}

const next = sequence(7)
const han = (length: number) => Array.from({ length }, () => String.fromCharCode(0x4e00 + next(3_000))).join('')
const latin = (length: number) => Array.from({ length }, () => String.fromCharCode(0x61 + next(26))).join('')
const words = Array.from({ length: 10_000 }, (_, index): ListedWord => {
  const text = index % 3 === 0 ? latin(4 + next(8)) : han(2 + next(5))
  return { id: String(index), text, action: 'mask', direction: 'both' }
})

test('[MOD1] 10,000 words compile in under 300 ms', () => {
  expect(fastest(5, () => compile(words))).toBeLessThan(300)
})

test.each([
  ['Chinese', han(5_000)],
  [
    'Latin',
    Array.from({ length: 700 }, () => latin(6))
      .join(' ')
      .slice(0, 5_000),
  ],
  ['full-width', 'Ｗｅｃｈａｔ，加我'.repeat(500)],
  ['decomposed', 'e\u0301か\u3099👍🏽'.repeat(600).slice(0, 5_000)],
])('[MOD1] a text of 5,000 characters is checked in under 1 ms: %s', (_, text) => {
  const matcher = compile(words)
  expect(fastest(100, () => matcher.check(text, 'agent-to-traveler'))).toBeLessThan(1)
})

test('[MOD1] a list made to backtrack costs no more than any other', () => {
  const nested = Array.from({ length: 60 }, (_, index): ListedWord => {
    return { id: String(index), text: `${'哈'.repeat(index + 1)}嗨`, action: 'mask', direction: 'both' }
  })
  const matcher = compile(nested)
  const text = '哈'.repeat(5_000)
  expect(fastest(100, () => matcher.check(text, 'agent-to-traveler'))).toBeLessThan(1)
})
