import { normalize } from '@waggle/moderation'
import { type Actor, decode, schemas, WaggleError, type Word, type WordPage } from '@waggle/shared'
import { requireAdmin } from './actor.ts'
import type { WordRow, WordStore } from './ports.ts'
import type { WordLists } from './word-lists.ts'

/** The list of words that may not pass, as administrators keep it. */
export class Words {
  readonly #store: WordStore
  readonly #lists: Pick<WordLists, 'refresh'>

  constructor(store: WordStore, lists: Pick<WordLists, 'refresh'>) {
    this.#store = store
    this.#lists = lists
  }

  /** @param query part of a word, compared as messages are. */
  async list(actor: Actor, query = ''): Promise<WordPage> {
    requireAdmin(actor)
    const { words, version } = await this.#store.load(actor.merchantId)
    const wanted = normalize(query)
    return { items: words.filter((word) => word.normalized.includes(wanted)).map(publicWord), version }
  }

  /** @throws WaggleError `invalid_input`; `conflict` on `text` when the word stands in the list. */
  async add(actor: Actor, input: unknown): Promise<Word> {
    requireAdmin(actor)
    const { text, action, direction } = decode(schemas.wordInput, input)
    const normalized = normalize(text.trim())
    if (normalized === '') throw new WaggleError('invalid_input', 'text: has nothing to compare', { field: 'text' })
    const word = { text: text.trim(), normalized, action, direction, createdBy: actor.name }
    return this.#changed(actor, await this.#store.add(actor.merchantId, actor.id, word))
  }

  /** @throws WaggleError `invalid_input`, `not_found`. */
  async change(actor: Actor, wordId: string, input: unknown): Promise<Word> {
    requireAdmin(actor)
    const patch = decode(schemas.wordPatch, input)
    return this.#changed(actor, await this.#store.change(actor.merchantId, actor.id, wordId, patch))
  }

  /** @throws WaggleError `not_found`. */
  async remove(actor: Actor, wordId: string): Promise<void> {
    requireAdmin(actor)
    await this.#store.remove(actor.merchantId, actor.id, wordId)
    await this.#lists.refresh(actor.merchantId)
  }

  /** This node has the new list before the administrator has the answer; the others poll. */
  async #changed(actor: Actor, row: WordRow): Promise<Word> {
    await this.#lists.refresh(actor.merchantId)
    return publicWord(row)
  }
}

function publicWord(row: WordRow): Word {
  const { id, text, action, direction, createdAt, createdBy } = row
  return { id, text, action, direction, createdAt, createdBy }
}
