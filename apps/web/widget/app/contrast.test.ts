import { expect, test } from 'vitest'
import { textOn } from './contrast.ts'

test('text on a merchant’s colour is the one that is easier to read', () => {
  expect(textOn('#f5b83d')).toBe('#1c1a17')
  expect(textOn('#0f5c73')).toBe('#ffffff')
  expect(textOn('#ffffff')).toBe('#1c1a17')
  expect(textOn('#000000')).toBe('#ffffff')
})
