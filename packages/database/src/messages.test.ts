import type { MessageDraft } from '@waggle/business'
import type { Actor } from '@waggle/shared'
import { afterAll, describe, expect, test } from 'vitest'
import { createAgent, createMerchant, createTraveler } from '../../../tests/_util/fixtures.ts'
import { createPool } from './pool.ts'
import { createScene, createStores, draft, viewer } from './testing/scene.ts'

const { url, database, other, close } = await createStores()
const scene = () => createScene(url, database)
afterAll(close)

describe('messages', () => {
  // The server of the tests commits without a flush, to be fast: what counts is what the sessions ask for.
  test('[SEND2] sessions flush at commit, whatever the server’s default', async () => {
    const pool = createPool({ url, size: 1, name: 'test' })
    const { rows } = await pool.query("SELECT current_setting('synchronous_commit') AS commit")
    await pool.end()
    expect(rows).toEqual([{ commit: 'on' }])
  })

  test('[SEND2] an answer comes after the commit: any other session finds the row', async () => {
    const { traveler, conversationId } = await scene()
    await Promise.all(
      Array.from({ length: 40 }, async (_, i) => {
        const { message } = await database.stores.messages.append(draft(traveler, conversationId, `m${i}`))
        const found = await other.stores.messages.page(viewer(traveler), conversationId, {
          after: message.seq - 1,
          limit: 1,
        })
        expect(found.items).toMatchObject([{ id: message.id }])
      }),
    )
  })

  test('[SEND1] the same clientId gives the same message, also from two nodes at once', async () => {
    const { traveler, conversationId } = await scene()
    const send = draft(traveler, conversationId, 'hello')
    const nodes = [database, other]
    const results = await Promise.all(Array.from({ length: 10 }, (_, i) => nodes[i % 2]?.stores.messages.append(send)))
    expect(new Set(results.map((result) => result?.message.id)).size).toBe(1)
    expect(results.filter((result) => !result?.repeat)).toHaveLength(1)
    expect(results.every((result) => result?.message.body)).toBe(true)
  })

  test('[SEND1] a repeat is answered as it was stored', async () => {
    const { traveler, conversationId } = await scene()
    const send = draft(traveler, conversationId, 'first words')
    const first = await database.stores.messages.append(send)
    const again = await database.stores.messages.append({ ...send, kind: 'text', body: { text: 'other words' } })
    expect(again).toMatchObject({ repeat: true, message: first.message })
  })

  test('[SEND1] a repeat has the time of the first to the millisecond', async () => {
    const { traveler, conversationId } = await scene()
    for (let i = 0; i < 20; i++) {
      const send = draft(traveler, conversationId, `m${i}`)
      const first = await database.stores.messages.append(send)
      const again = await database.stores.messages.append(send)
      expect(again.message).toEqual(first.message)
    }
  })

  test('[SEND3] seq has no gaps and no doubles with two nodes writing', async () => {
    const { traveler, agent, conversationId } = await scene()
    const senders = [traveler, agent]
    const nodes = [database, other]
    const sends = Array.from({ length: 200 }, (_, i) =>
      nodes[i % 2]?.stores.messages.append(draft(senders[i % 2] as Actor, conversationId, `m${i}`)),
    )
    const results = await Promise.all(sends)
    const seqs = results.map((result) => result?.message.seq ?? 0).sort((a, b) => a - b)
    expect(seqs).toEqual(Array.from({ length: 200 }, (_, i) => i + 1))
    const page = await database.stores.messages.page(viewer(agent), conversationId, { after: 0, limit: 300 })
    expect(page.items.map(({ seq }) => seq)).toEqual(seqs)
  })

  test('[SEND3] sends of one conversation keep the order in which a node took them', async () => {
    const { traveler, conversationId } = await scene()
    const results = await Promise.all(
      Array.from({ length: 50 }, (_, i) => database.stores.messages.append(draft(traveler, conversationId, `m${i}`))),
    )
    expect(results.map(({ message }) => message.seq)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1))
  })

  test('[TEN1] nobody writes into a conversation of another traveler or merchant', async () => {
    const { merchant, conversationId } = await scene()
    const stranger = await createTraveler(url, merchant.id)
    const foreign = await createAgent(url, (await createMerchant(url)).id)
    for (const sender of [stranger, foreign]) {
      await expect(database.stores.messages.append(draft(sender, conversationId, 'hi'))).rejects.toMatchObject({
        code: 'not_found',
      })
    }
  })

  test('one that cannot be written does not take the others of its batch along', async () => {
    const { traveler, conversationId } = await scene()
    const bad = draft(traveler, conversationId, 'broken\u0000text')
    const [good, broken] = await Promise.allSettled([
      database.stores.messages.append(draft(traveler, conversationId, 'fine')),
      database.stores.messages.append(bad),
    ])
    expect(good?.status).toBe('fulfilled')
    expect(broken?.status).toBe('rejected')
  })

  test('a message opens a resolved conversation again', async () => {
    const { merchant, traveler, conversationId } = await scene()
    await database.stores.conversations.setStatus(merchant.id, conversationId, 'resolved')
    const result = await database.stores.messages.append(draft(traveler, conversationId, 'one more question'))
    expect(result.reopened).toBe(true)
    const found = await database.stores.conversations.find(viewer(traveler), conversationId)
    expect(found?.status).toBe('open')
  })

  test('a traveler gets a placeholder for a note, with its seq', async () => {
    const { traveler, agent, conversationId } = await scene()
    await database.stores.messages.append({ ...draft(agent, conversationId, 'secret'), kind: 'note' } as MessageDraft)
    const page = await database.stores.messages.page(viewer(traveler), conversationId, { limit: 10 })
    expect(page.items).toMatchObject([{ seq: 1, kind: 'event', body: { event: 'hidden' } }])
    const list = await database.stores.conversations.list(viewer(traveler), { view: 'all', limit: 10 })
    expect(list.items[0]).toMatchObject({ unread: 0, lastMessage: null })
  })

  test('pages go back and forth by seq', async () => {
    const { traveler, conversationId } = await scene()
    for (let i = 1; i <= 5; i++) await database.stores.messages.append(draft(traveler, conversationId, `m${i}`))
    const page = (range: object) =>
      database.stores.messages.page(viewer(traveler), conversationId, { limit: 2, ...range })
    const seqs = async (range: object) => {
      const { items, hasMore } = await page(range)
      return [items.map(({ seq }) => seq), hasMore]
    }
    expect(await seqs({})).toEqual([[4, 5], true])
    expect(await seqs({ before: 3 })).toEqual([[1, 2], false])
    expect(await seqs({ after: 0 })).toEqual([[1, 2], true])
    expect(await seqs({ after: 4 })).toEqual([[5], false])
  })
})
