import { compile } from '@waggle/moderation'
import { type Actor, type Message, uuidv7 } from '@waggle/shared'
import { describe, expect, test } from 'vitest'
import { type AcceptDependencies, acceptMessage } from './accept-message.ts'
import type { Delivery } from './deliveries.ts'
import type { Audience, MessageDraft, Persisted } from './ports.ts'

const merchantId = uuidv7()
const traveler: Actor = { kind: 'traveler', id: uuidv7(), merchantId, role: 'traveler', name: '林' }
const agent: Actor = { kind: 'agent', id: uuidv7(), merchantId, role: 'agent', name: 'Ana' }
const conversationId = uuidv7()

/** The pipeline on in-memory collaborators that write down what they were asked. */
function setup(
  options: { earlier?: Message; audience?: Partial<Audience>; reopened?: boolean; repeat?: boolean; seq?: number } = {},
) {
  const audience: Audience = {
    travelerId: traveler.id,
    agentIds: [agent.id],
    assigned: true,
    watched: false,
    ...options.audience,
  }
  const asked: string[] = []
  const delivered: Delivery[] = []
  const words = [{ id: '1', text: 'secret', action: 'block' as const, direction: 'both' as const }]
  const deps: AcceptDependencies = {
    messages: {
      append: async (draft: MessageDraft): Promise<Persisted> => {
        asked.push('append')
        const { merchantId: _, moderation, ...rest } = draft
        const message = {
          ...rest,
          ...(moderation ? { moderation } : {}),
          id: uuidv7(),
          seq: options.seq ?? 1,
          createdAt: '',
        } as Message
        return { message, repeat: options.repeat ?? false, reopened: options.reopened ?? false, audience }
      },
      findSent: async () => {
        asked.push('findSent')
        return options.earlier ? { message: options.earlier, audience } : null
      },
      page: async () => ({ items: [], hasMore: false }),
    },
    attachments: { attach: async () => false, find: async () => null },
    words: { recordHit: async () => void asked.push('recordHit') },
    wordLists: { matcher: async () => compile(words) },
    conversations: {
      openFor: async () => {
        asked.push('open')
        return { conversationId, opened: true }
      },
      announce: async () => {
        asked.push('announce')
        return {} as never
      },
      assignWaiting: async () => void asked.push('assignWaiting'),
    },
    deliver: (deliveries) => void delivered.push(...deliveries),
    onError: (error) => {
      throw error
    },
  }
  return { deps, asked, delivered }
}

const send = (text: string, more: object = {}) => ({ clientId: uuidv7(), kind: 'text', body: { text }, ...more })

describe('accepting a message', () => {
  test('a traveler’s first message opens a thread and is told to everybody but the connection it came from', async () => {
    const { deps, asked, delivered } = setup()
    const { message } = await acceptMessage(deps, traveler, send('你好'), 'connection-1')
    expect(message).toMatchObject({ conversationId, seq: 1, body: { text: '你好' }, sender: { id: traveler.id } })
    expect(asked).toEqual(['findSent', 'open', 'append', 'announce'])
    expect(delivered).toHaveLength(1)
    expect(delivered[0]).toMatchObject({ except: 'connection-1' })
    expect(delivered[0]?.to.map((address) => address.kind)).toEqual(['person', 'person'])
  })

  test('with a conversation nothing is asked before the write', async () => {
    const { deps, asked } = setup()
    await acceptMessage(deps, agent, send('hello', { conversationId }))
    expect(asked).toEqual(['append'])
  })

  test('[DLV1] while nobody has the thread, every agent of the merchant is told', async () => {
    const { deps, delivered } = setup({ audience: { assigned: false, agentIds: [] } })
    await acceptMessage(deps, traveler, send('anyone?', { conversationId }))
    expect(delivered[0]?.to).toEqual([
      { kind: 'person', merchantId, id: traveler.id },
      { kind: 'agents', merchantId },
    ])
  })

  test('a thread that the traveler’s message reopened is announced', async () => {
    const { deps, asked } = setup({ reopened: true })
    await acceptMessage(deps, traveler, send('one more thing', { conversationId }))
    expect(asked).toContain('announce')
  })

  test('a note reaches agents; the traveler gets what uses up its seq and shows nothing', async () => {
    const { deps, delivered } = setup()
    await acceptMessage(deps, agent, { ...send('vip', { conversationId }), kind: 'note' })
    expect(delivered.map(({ to }) => to.map(({ kind }) => kind))).toEqual([['person'], ['person']])
    expect(delivered[1]?.event.payload).toMatchObject({ message: { seq: 1, kind: 'event', body: { event: 'hidden' } } })
    expect(JSON.stringify(delivered[1])).not.toContain('vip')
  })

  test('[MOD1] a blocked message reaches nobody, opens nothing and is recorded', async () => {
    const { deps, asked, delivered } = setup()
    await expect(acceptMessage(deps, traveler, send('a secret'))).rejects.toMatchObject({ code: 'message_blocked' })
    expect(asked).toEqual(['findSent', 'recordHit'])
    expect(delivered).toEqual([])
  })

  test('[SEND1] a send that was accepted before its word was listed keeps its answer', async () => {
    const earlier = { id: uuidv7(), conversationId, seq: 7 } as Message
    const { deps, asked } = setup({ earlier })
    const answer = await acceptMessage(deps, traveler, send('a secret', { conversationId }))
    expect(answer).toEqual({ message: earlier, repeat: true })
    expect(asked).toEqual(['findSent'])
  })

  test('a repeat is delivered again and costs no message to every agent', async () => {
    const { deps, asked, delivered } = setup({ repeat: true, seq: 2 })
    await acceptMessage(deps, traveler, send('again', { conversationId }))
    expect(delivered).toHaveLength(1)
    expect(asked).toEqual(['append'])
  })

  test('a repeat of the first message tells again that its thread was opened', async () => {
    const { deps, asked } = setup({ repeat: true, seq: 1 })
    await acceptMessage(deps, traveler, send('again', { conversationId }))
    expect(asked).toEqual(['append', 'announce'])
  })

  test('[SEND1] a send without a conversation that came before is answered from its old thread', async () => {
    const earlier = { id: uuidv7(), conversationId, seq: 7 } as Message
    const { deps, asked } = setup({ earlier })
    expect(await acceptMessage(deps, traveler, send('again'))).toEqual({ message: earlier, repeat: true })
    expect(asked).toEqual(['findSent'])
  })

  test.each([
    ['a wrong kind', { kind: 'shout' }, 'kind'],
    ['an empty text', { body: { text: ' \n ' } }, 'body.text'],
    ['a control character', { body: { text: 'a\u0000b' } }, 'body.text'],
    ['half a surrogate pair', { body: { text: '\ud83d' } }, 'body.text'],
    ['a clientId that is no UUID', { clientId: '1' }, 'clientId'],
    ['an unknown field', { colour: 'red' }, 'colour'],
    ['a text that is too long', { body: { text: 'x'.repeat(5_001) } }, 'body.text'],
  ])('refuses %s and names the field', async (_, change, field) => {
    const { deps, asked } = setup()
    const input = { ...send('ok'), ...change }
    await expect(acceptMessage(deps, traveler, input)).rejects.toMatchObject({ code: 'invalid_input', field })
    expect(asked).toEqual([])
  })

  test('travelers write no notes, and an agent names the conversation', async () => {
    const { deps } = setup()
    const note = { ...send('x', { conversationId }), kind: 'note' }
    await expect(acceptMessage(deps, traveler, note)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(acceptMessage(deps, agent, send('x'))).rejects.toMatchObject({ field: 'conversationId' })
  })
})
