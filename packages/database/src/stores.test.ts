import type { MessageDraft, Viewer } from '@waggle/business'
import { type Actor, uuidv7 } from '@waggle/shared'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase } from '../../../tests/_util/databases.ts'
import { createAgent, createMerchant, createTraveler } from '../../../tests/_util/fixtures.ts'
import { createDatabase, type Database } from './index.ts'

let url: string
let database: Database
let other: Database

beforeAll(async () => {
  url = await createTestDatabase()
  database = createDatabase({ url, poolSize: 5 })
  other = createDatabase({ url, poolSize: 5 })
})
afterAll(() => Promise.all([database.close(), other.close()]))

async function scene() {
  const merchant = await createMerchant(url)
  const traveler = await createTraveler(url, merchant.id)
  const agent = await createAgent(url, merchant.id)
  const { conversations } = database.stores
  const { conversationId } = await conversations.open(merchant.id, traveler.id, { candidates: [agent.id] })
  return { merchant, traveler, agent, conversationId }
}

function draft(sender: Actor, conversationId: string, text: string, clientId = uuidv7()): MessageDraft {
  const { merchantId, kind, id, name } = sender
  return { merchantId, conversationId, clientId, sender: { kind, id, name }, kind: 'text', body: { text } }
}

const viewer = ({ merchantId, kind, id }: Actor): Viewer => ({ merchantId, kind, id })

describe('messages', () => {
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

describe('conversations', () => {
  test('two first messages at once open one conversation', async () => {
    const merchant = await createMerchant(url)
    const traveler = await createTraveler(url, merchant.id)
    const opened = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        (i % 2 ? database : other).stores.conversations.open(merchant.id, traveler.id, { candidates: [] }),
      ),
    )
    expect(new Set(opened.map(({ conversationId }) => conversationId)).size).toBe(1)
    expect(opened.filter((each) => each.opened)).toHaveLength(1)
  })

  test('new conversations go to the online agent with the fewest, also when many come at once', async () => {
    const merchant = await createMerchant(url)
    const [a, b, busy] = await Promise.all([
      createAgent(url, merchant.id),
      createAgent(url, merchant.id),
      createAgent(url, merchant.id, { status: 'busy' }),
    ])
    const travelers = await Promise.all(Array.from({ length: 20 }, () => createTraveler(url, merchant.id)))
    const candidates = [a.id, b.id, busy.id]
    await Promise.all(
      travelers.map((traveler, i) =>
        (i % 2 ? database : other).stores.conversations.open(merchant.id, traveler.id, { candidates }),
      ),
    )
    const agents = await database.stores.directory.agents(merchant.id)
    const loads = Object.fromEntries(agents.map(({ id, openConversations }) => [id, openConversations]))
    expect(loads).toEqual({ [a.id]: 10, [b.id]: 10, [busy.id]: 0 })
  })

  test('what waits is given out once when two nodes notice the same agent', async () => {
    const merchant = await createMerchant(url)
    const agent = await createAgent(url, merchant.id)
    for (let i = 0; i < 3; i++) {
      const traveler = await createTraveler(url, merchant.id)
      await database.stores.conversations.open(merchant.id, traveler.id, { candidates: [] })
    }
    const given = await Promise.all([
      database.stores.conversations.assignWaiting(merchant.id, [agent.id]),
      other.stores.conversations.assignWaiting(merchant.id, [agent.id]),
    ])
    expect(given.flat()).toHaveLength(3)
  })

  test('two agents claim: one gets it, the other reads who was faster', async () => {
    const merchant = await createMerchant(url)
    const [ling, ben] = [await createAgent(url, merchant.id), await createAgent(url, merchant.id, { name: 'Ben' })]
    const traveler = await createTraveler(url, merchant.id)
    const { conversations } = database.stores
    const { conversationId } = await conversations.open(merchant.id, traveler.id, { candidates: [] })
    const claims = await Promise.allSettled([
      conversations.claim(merchant.id, conversationId, ling.id),
      conversations.claim(merchant.id, conversationId, ben.id),
    ])
    const lost = claims.filter((claim) => claim.status === 'rejected')
    expect(lost).toHaveLength(1)
    expect(lost[0]?.reason).toMatchObject({ code: 'conflict', message: expect.stringMatching(/^Taken by (Ling|Ben)$/) })
  })

  test('[TEN1] another merchant finds nothing', async () => {
    const { conversationId } = await scene()
    const foreign = viewer(await createAgent(url, (await createMerchant(url)).id))
    const { conversations, messages } = database.stores
    expect(await conversations.find(foreign, conversationId)).toBeNull()
    expect(await conversations.audience(foreign, conversationId)).toBeNull()
    expect((await conversations.list(foreign, { view: 'all', limit: 10 })).items).toEqual([])
    expect(await conversations.sync(foreign, { [conversationId]: 0 })).toEqual([])
    await expect(messages.page(foreign, conversationId, { limit: 10 })).rejects.toMatchObject({ code: 'not_found' })
    for (const change of [
      () => conversations.claim(foreign.merchantId, conversationId, foreign.id),
      () => conversations.assign(foreign.merchantId, conversationId, foreign.id, ''),
      () => conversations.setStatus(foreign.merchantId, conversationId, 'resolved'),
    ]) {
      await expect(change()).rejects.toMatchObject({ code: 'not_found' })
    }
  })

  test('the list pages without losing or doubling anything', async () => {
    const merchant = await createMerchant(url)
    const agent = await createAgent(url, merchant.id)
    for (let i = 0; i < 7; i++) {
      const traveler = await createTraveler(url, merchant.id)
      await database.stores.conversations.open(merchant.id, traveler.id, { candidates: [agent.id] })
    }
    const seen: string[] = []
    let cursor: string | null | undefined
    do {
      const page = await database.stores.conversations.list(viewer(agent), {
        view: 'mine',
        limit: 3,
        ...(cursor ? { cursor } : {}),
      })
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
    } while (cursor)
    expect(seen).toHaveLength(7)
    expect(new Set(seen).size).toBe(7)
  })

  test('[DLV4] catch-up is complete, or an explicit reset when it is too far', async () => {
    const { traveler, agent, conversationId } = await scene()
    const { messages, conversations } = database.stores
    await Promise.all(Array.from({ length: 250 }, (_, i) => messages.append(draft(traveler, conversationId, `m${i}`))))
    const [near] = await conversations.sync(viewer(agent), { [conversationId]: 100 })
    expect(near && 'messages' in near && near.messages.map(({ seq }) => seq)).toEqual(
      Array.from({ length: 150 }, (_, i) => i + 101),
    )
    const [far] = await conversations.sync(viewer(agent), { [conversationId]: 3 })
    expect(far).toMatchObject({ head: 250, reset: true })
    const [unknown] = await conversations.sync(viewer(agent), {})
    expect(unknown).toMatchObject({ id: conversationId, reset: true })
    const [level] = await conversations.sync(viewer(agent), { [conversationId]: 250 })
    expect(level).toMatchObject({ head: 250, messages: [] })
  })
})

describe('receipts', () => {
  test('marks only move up, are capped at the head, and need a right to the conversation', async () => {
    const { merchant, traveler, agent, conversationId } = await scene()
    for (let i = 0; i < 3; i++) await database.stores.messages.append(draft(traveler, conversationId, `m${i}`))
    const mark = (participant: Actor, deliveredSeq: number, readSeq: number) => ({
      merchantId: participant.merchantId,
      conversationId,
      participantId: participant.id,
      kind: participant.kind as 'agent' | 'traveler',
      deliveredSeq,
      readSeq,
    })
    const { advance } = database.stores.receipts
    expect(await advance([mark(agent, 2, 0)])).toMatchObject([{ update: { deliveredSeq: 2, readSeq: 0 } }])
    expect(await advance([mark(agent, 1, 0)])).toEqual([])
    expect(await advance([mark(agent, 99, 99)])).toMatchObject([{ update: { deliveredSeq: 3, readSeq: 3 } }])
    const stranger = await createTraveler(url, merchant.id)
    const foreign = await createAgent(url, (await createMerchant(url)).id)
    expect(await advance([mark(stranger, 1, 1), mark(foreign, 1, 1)])).toEqual([])
  })
})

describe('the feed', () => {
  test('gives everything once and in order, and never passes a transaction that still runs', async () => {
    const { traveler, agent, conversationId } = await scene()
    const { messages, events } = database.stores
    await Promise.all(Array.from({ length: 30 }, (_, i) => messages.append(draft(traveler, conversationId, `m${i}`))))
    await messages.append({ ...draft(agent, conversationId, 'note'), kind: 'note' } as MessageDraft)
    const read = async (who: Actor) => {
      const found = []
      let cursor: string | null = null
      for (;;) {
        const page = await events.read(viewer(who), cursor, 7)
        found.push(...page.items)
        if (page.next === cursor) return found
        cursor = page.next
      }
    }
    const forAgent = await read(agent)
    const seqs = forAgent.flatMap(({ message }) => (message ? [message.seq] : []))
    expect(seqs).toEqual(Array.from({ length: 31 }, (_, i) => i + 1))
    expect(forAgent.map(({ kind }) => kind).slice(0, 2)).toEqual(['conversation.opened', 'conversation.assigned'])
    const forTraveler = await read(traveler)
    expect(forTraveler.filter(({ kind }) => kind === 'message.created')).toHaveLength(30)
  })

  test('refuses a cursor that it did not give out', async () => {
    const { agent } = await scene()
    await expect(database.stores.events.read(viewer(agent), 'nonsense', 10)).rejects.toMatchObject({
      code: 'invalid_input',
      field: 'after',
    })
  })
})

describe('words, sign-in, attachments', () => {
  test('a change of the list raises its version and is audited', async () => {
    const { merchant, agent } = await scene()
    const { words } = database.stores
    const word = {
      text: 'WeChat',
      normalized: 'wechat',
      action: 'block',
      direction: 'both',
      createdBy: 'Ling',
    } as const
    const row = await words.add(merchant.id, agent.id, word)
    expect((await words.versions()).get(merchant.id)).toBe(1)
    await expect(words.add(merchant.id, agent.id, word)).rejects.toMatchObject({ code: 'conflict' })
    await words.change(merchant.id, agent.id, row.id, { action: 'mask' })
    expect(await words.load(merchant.id)).toMatchObject({ version: 2, words: [{ action: 'mask', text: 'WeChat' }] })
    const foreign = (await createMerchant(url)).id
    await expect(words.remove(foreign, agent.id, row.id)).rejects.toMatchObject({ code: 'not_found' })
    await words.remove(merchant.id, agent.id, row.id)
    await expect(words.remove(merchant.id, agent.id, row.id)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('[TEN1] an attachment is found by its own merchant only, and hangs in one conversation', async () => {
    const { merchant, traveler, conversationId } = await scene()
    const { attachments } = database.stores
    const id = uuidv7()
    await attachments.save({
      id,
      merchantId: merchant.id,
      uploaderId: traveler.id,
      name: 'a.png',
      mime: 'image/png',
      size: 3,
      bytes: new Uint8Array([1, 2, 3]),
    })
    expect(await attachments.find((await createMerchant(url)).id, id)).toBeNull()
    expect(await attachments.attach(merchant.id, id, uuidv7(), conversationId)).toBe(false)
    expect(await attachments.attach(merchant.id, id, traveler.id, conversationId)).toBe(true)
    expect(await attachments.attach(merchant.id, id, traveler.id, conversationId)).toBe(true)
    expect(await attachments.attach(merchant.id, id, traveler.id, uuidv7())).toBe(false)
    expect(Array.from((await attachments.bytes(merchant.id, id)) ?? [])).toEqual([1, 2, 3])
  })
})
