import type { MessageDraft } from '@waggle/business'
import { type Actor, uuidv7 } from '@waggle/shared'
import { afterAll, describe, expect, test } from 'vitest'
import { createAgent, createMerchant, createTraveler } from '../../../tests/_util/fixtures.ts'
import { createScene, createStores, draft, viewer } from './testing/scene.ts'

const { url, database, close } = await createStores()
const scene = () => createScene(url, database)
afterAll(close)

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
