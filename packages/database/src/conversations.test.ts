import { afterAll, describe, expect, test } from 'vitest'
import { createAgent, createMerchant, createTraveler } from '../../../tests/_util/fixtures.ts'
import { createScene, createStores, draft, viewer } from './testing/scene.ts'

const { url, database, other, close } = await createStores()
const scene = () => createScene(url, database)
afterAll(close)

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
