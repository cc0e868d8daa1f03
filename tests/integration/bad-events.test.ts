import { uuidv7 } from '@waggle/shared'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Tokens } from '../../packages/business/src/index.ts'
import { createTestDatabase } from '../_util/databases.ts'
import { createAgent, createMerchant, createTraveler } from '../_util/fixtures.ts'
import { SECRET, startNode, type TestNode } from '../_util/nodes.ts'
import { run } from '../_util/postgres.ts'
import { connect, connectWith } from '../_util/sockets.ts'

let url: string
let node: TestNode

beforeAll(async () => {
  url = await createTestDatabase()
  node = await startNode({ DATABASE_URL: url })
})
afterAll(() => node.stop('end of test'))

const text = (words: unknown, extra: object = {}) => ({
  clientId: uuidv7(),
  kind: 'text',
  body: { text: words },
  ...extra,
})

const events: [string, string, unknown, { code: string; field?: string }][] = [
  ['an unknown event', 'message:delete', {}, { code: 'unknown_event' }],
  ['a name from the prototype', 'constructor', {}, { code: 'unknown_event' }],
  ['no payload', 'message:send', undefined, { code: 'invalid_input' }],
  ['null', 'message:send', null, { code: 'invalid_input' }],
  ['an array', 'message:send', [], { code: 'invalid_input' }],
  ['a text of the wrong type', 'message:send', text(5), { code: 'invalid_input', field: 'body.text' }],
  [
    'a clientId that is none',
    'message:send',
    { ...text('a'), clientId: '1' },
    { code: 'invalid_input', field: 'clientId' },
  ],
  ['an unknown field', 'message:send', text('a', { role: 'admin' }), { code: 'invalid_input', field: 'role' }],
  ['5,001 characters', 'message:send', text('x'.repeat(5_001)), { code: 'invalid_input', field: 'body.text' }],
  ['a control character', 'message:send', text('a\u0007'), { code: 'invalid_input', field: 'body.text' }],
  ['half a surrogate', 'message:send', text('\ud83d'), { code: 'invalid_input', field: 'body.text' }],
  ['a note of a traveler', 'message:send', { ...text('a'), kind: 'note' }, { code: 'forbidden' }],
  ['an event of a traveler', 'message:send', { ...text('a'), kind: 'event' }, { code: 'invalid_input', field: 'kind' }],
  [
    'a seq that is negative',
    'conversation:read',
    { conversationId: uuidv7(), seq: -1 },
    { code: 'invalid_input', field: 'seq' },
  ],
  ['a cursor that is none', 'conversation:sync', { cursors: { a: 1 } }, { code: 'invalid_input' }],
  ['a conversation of nobody', 'conversation:typing', { conversationId: uuidv7(), on: true }, { code: 'not_found' }],
  ['a status of a traveler', 'agent:status', { status: 'online' }, { code: 'forbidden' }],
]

test.each(events)('%s is refused by its code and the connection is kept', async (_name, event, payload, expected) => {
  const { id } = await createMerchant(url)
  using socket = await connect(node.url, await createTraveler(url, id))
  const answer = await (payload === undefined ? socket.ask(event) : socket.ask(event, payload))
  expect(answer).toMatchObject({ ok: false, error: expected })
  expect(await socket.ask('message:send', text('still here'))).toMatchObject({ ok: true, message: { seq: 1 } })
  const rows = await run(url, 'SELECT count(*)::int AS count FROM message WHERE merchant_id = $1', [id])
  expect(rows).toEqual([{ count: 1 }])
})

test('a payload that cannot be read or is too large ends that connection and nothing else', async () => {
  const { id } = await createMerchant(url)
  const [bad, good] = [
    await connect(node.url, await createTraveler(url, id)),
    await connect(node.url, await createTraveler(url, id)),
  ]
  const cut = new Promise((resolve) => bad.socket.on('disconnect', resolve))
  bad.socket.emit('message:send', text('x'.repeat(100_000)), () => {})
  await cut
  expect(await good.ask('message:send', text('still here'))).toMatchObject({ ok: true })
  good[Symbol.dispose]()
})

test('handshakes that are expired, forged, of the wrong kind or of a foreign page are refused by their code', async () => {
  const { id: merchantId } = await createMerchant(url)
  const agent = await createAgent(url, merchantId)
  const tokens = new Tokens(SECRET)
  const token = (await tokens.sign(agent, 60)).token
  const refused = (code: string) => ({ data: { code } })
  const good = { platform: 'web', protocol: 1 }
  const wrong: [object, string][] = [
    [{ ...good, token: (await tokens.sign(agent, -10)).token }, 'token_expired'],
    [
      { ...good, token: (await new Tokens('another secret, also long enough').sign(agent, 60)).token },
      'unauthenticated',
    ],
    [{ ...good, token: 'nonsense' }, 'unauthenticated'],
    [{ ...good, token: (await tokens.sign({ ...agent, kind: 'partner', role: 'partner' }, 60)).token }, 'forbidden'],
    [good, 'invalid_input'],
    [{ ...good, token, protocol: 2 }, 'invalid_input'],
    [{ ...good, token, platform: 'fridge' }, 'invalid_input'],
  ]
  for (const [auth, code] of wrong) await expect(connectWith(node.url, auth)).rejects.toMatchObject(refused(code))
  await expect(connectWith(node.url, { ...good, token }, { origin: 'https://evil.example' })).rejects.toThrow()
  using allowed = await connectWith(node.url, { ...good, token }, { origin: 'http://localhost:3000' })
  expect(allowed.socket.connected).toBe(true)
})
