import { compile } from '@waggle/moderation'
import { describe, expect, test } from 'vitest'
import { moderate } from './moderate.ts'

const matcher = compile([
  { id: '1', text: '私下转账', action: 'block', direction: 'both' },
  { id: '2', text: '微信', action: 'mask', direction: 'agent-to-traveler' },
  { id: '3', text: 'refund', action: 'review', direction: 'traveler-to-agent' },
])
const text = (value: string) => ({ kind: 'text' as const, body: { text: value } })

describe('[MOD1] moderation of a message', () => {
  test('passes a clean text unchanged', () => {
    const content = text('请问签证需要多久？')
    expect(moderate(matcher, content, 'traveler')).toMatchObject({ action: 'pass', content, words: [] })
  })

  test('blocks from both sides and keeps what was written for the reviewer', () => {
    for (const from of ['traveler', 'agent'] as const) {
      const verdict = moderate(matcher, text('可以私下转账吗'), from)
      expect(verdict).toMatchObject({ action: 'block', words: ['私下转账'], original: '可以私下转账吗' })
    }
  })

  test('masks in the direction that the list names only', () => {
    expect(moderate(matcher, text('加我微信'), 'agent')).toMatchObject({
      action: 'mask',
      content: text('加我**'),
      mark: { action: 'mask' },
    })
    expect(moderate(matcher, text('加我微信'), 'traveler').action).toBe('pass')
  })

  test('delivers a text for review as it is', () => {
    expect(moderate(matcher, text('I want a refund'), 'traveler')).toMatchObject({
      action: 'review',
      content: text('I want a refund'),
      mark: { action: 'review' },
    })
  })

  test('looks into every text of a card, and the strongest action wins', () => {
    const card = {
      kind: 'card' as const,
      body: { card: 'product' as const, id: '1', title: '微信', fields: [{ label: 'x', value: '私下转账' }] },
    }
    expect(moderate(matcher, card, 'agent')).toMatchObject({ action: 'block', words: ['微信', '私下转账'] })
  })

  test('leaves the agents’ own notes alone', () => {
    expect(moderate(matcher, { kind: 'note', body: { text: '私下转账' } }, 'agent').action).toBe('pass')
  })
})
