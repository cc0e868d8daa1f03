import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { WordRow } from './ports.ts'
import { createWordLists } from './word-lists.ts'

const word = (text: string): WordRow => ({
  id: text,
  merchantId: 'm',
  text,
  normalized: text,
  action: 'block',
  direction: 'both',
  createdBy: 'Ana',
  createdAt: '',
})

function setup() {
  const list = { words: [word('old')], version: 1 }
  const errors: unknown[] = []
  let away = false
  const store = {
    versions: async () => {
      if (away) throw new Error('the database is away')
      return new Map([['m', list.version]])
    },
    load: vi.fn(async () => ({ ...list })),
  }
  const lists = createWordLists(store, (error) => void errors.push(error))
  const action = async (text: string) => (await lists.matcher('m')).check(text, 'traveler-to-agent').action
  return { lists, list, store, errors, action, goAway: () => (away = true), comeBack: () => (away = false) }
}

describe('[MOD1] word lists of a node', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('a list changed on another node is in force within a second', async () => {
    const { lists, list, action } = setup()
    expect(await action('old')).toBe('block')
    Object.assign(list, { words: [word('new')], version: 2 })
    await vi.advanceTimersByTimeAsync(999)
    expect(await action('new')).toBe('block')
    expect(await action('old')).toBe('pass')
    lists.close()
  })

  test('an unchanged list is not loaded again', async () => {
    const { lists, store, action } = setup()
    await action('x')
    await vi.advanceTimersByTimeAsync(5_000)
    expect(store.load).toHaveBeenCalledTimes(1)
    lists.close()
  })

  test('while the database is away the list in force stays in force', async () => {
    const { lists, list, errors, action, ...database } = setup()
    await action('x')
    database.goAway()
    await vi.advanceTimersByTimeAsync(2_000)
    expect(errors.length).toBeGreaterThan(0)
    expect(await action('old')).toBe('block')
    Object.assign(list, { words: [], version: 2 })
    database.comeBack()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(await action('old')).toBe('pass')
    lists.close()
  })

  test('a list that could not be loaded is tried again by the next message', async () => {
    const { lists, store, action } = setup()
    store.load.mockRejectedValueOnce(new Error('the database is away'))
    await expect(action('old')).rejects.toThrow('away')
    expect(await action('old')).toBe('block')
    lists.close()
  })
})
