/** [TEN1] as a matrix: every route and event × every role of merchant B × the ids of merchant A. */
import { readFile } from 'node:fs/promises'
import { type Actor, type ClientToServer, uuidv7 } from '@waggle/shared'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type SocketBusiness, socketMethods } from '../../packages/business/src/index.ts'
import { hashPassword } from '../../packages/database/src/index.ts'
import { createTestDatabase } from '../_util/databases.ts'
import {
  createAgent,
  createApiKey,
  createMerchant,
  createSession,
  createTraveler,
  type TestMerchant,
} from '../_util/fixtures.ts'
import { call as request } from '../_util/http.ts'
import { startNode, type TestNode } from '../_util/nodes.ts'
import { run } from '../_util/postgres.ts'
import { type Route, startWithRoutes } from '../_util/routes.ts'
import { rowsOf } from '../_util/rows.ts'
import { connect, connectWith, type TestSocket, tokenFor } from '../_util/sockets.ts'

vi.setConfig({ testTimeout: 60_000 })

type Headers = Record<string, string>
interface Request {
  path?: string
  query?: string
  body?: unknown
  /** Answers with what is the caller's own, whatever the id says. */
  own?: boolean
}
const cursor = (...parts: string[]) => Buffer.from(JSON.stringify(parts)).toString('base64url')
const text = (words: string, extra: object) => ({ clientId: uuidv7(), kind: 'text', body: { text: words }, ...extra })
const fileBody = { name: 'a.txt', mime: 'text/plain', size: 1 }
const image = (attachmentId: string) => ({ kind: 'file', body: { attachmentId, ...fileBody } })

let url: string
let node: TestNode
let routes: Route[]
let a: TestMerchant
let b: TestMerchant
let admins: Record<'a' | 'b', Actor>
let travelers: Record<'a' | 'b', Actor>
let sockets: Record<'agent' | 'traveler', TestSocket>
/** What A has, by kind, and what no answer to B may hold: all that A writes is about Zanzibar. */
let ids: Record<string, string>
let secrets: string[]
let ownConversation: string
let ownAgent: Actor
const roles: Record<string, Headers> = { nobody: {} }

/** Where a route takes ids beside its path. One that describes a body or a query has to stand here. */
const inputs: Record<string, (id: string, kind: string) => Request[]> = {
  'POST /v1/messages': (id) => [
    { body: text('hi', { conversationId: id }) },
    { body: { ...text('hi', { conversationId: id }), kind: 'note' } },
    { body: { clientId: id, conversationId: id, ...image(id) } },
    { body: text('hi', { conversationId: id, from: { traveler: { id: travelers.b.id } } }) },
    { body: { clientId: uuidv7(), conversationId: ownConversation, ...image(id) } },
    { body: text('hi', { conversationId: ownConversation, from: { traveler: { id } } }) },
  ],
  'GET /v1/conversations': (id) => [
    { own: true },
    { query: 'view=resolved', own: true },
    { query: `cursor=${cursor('9999999999999', id)}`, own: true },
  ],
  'GET /v1/conversations/:id/messages': () => [{}, { query: 'after=0' }, { query: 'before=99&limit=1' }],
  'POST /v1/conversations/:id/assign': (id) => [
    { body: { agentId: ownAgent.id } },
    { body: { agentId: id } },
    { path: `/v1/conversations/${ownConversation}/assign`, body: { agentId: id } },
  ],
  'GET /v1/events': (id) => [{ own: true }, { query: `after=${cursor('0', id)}`, own: true }],
  'GET /v1/admin/words': (id) => [{ own: true }, { query: `q=${id}`, own: true }],
  'GET /v1/admin/connections': (id) => [{ query: `uid=${id}`, own: true }],
  'PATCH /v1/admin/words/:id': () => [{ body: { action: 'mask' } }, { body: {} }],
  'POST /v1/auth/switch': (id) => [{ body: { merchantId: id } }],
  'POST /v1/auth/login': (id, kind) =>
    kind === 'agent' ? [{ body: { email: `${id}@example.com`, password: 'wrong' } }] : [],
  // No ids: see the test of what is the same at both merchants. A merchant's key is public.
  'POST /v1/admin/words': () => [],
  'GET /v1/widget/config': () => [],
  'POST /v1/widget/sessions': () => [],
}

/** Every event of the protocol with the ids it takes. The type lets none be forgotten. */
const events: Record<keyof ClientToServer, { method: keyof SocketBusiness; input: (id: string) => object[] }> = {
  'message:send': {
    method: 'sendMessage',
    input: (id) => [
      text('hi', { conversationId: id }),
      { ...text('hi', { conversationId: id }), kind: 'note' },
      { clientId: uuidv7(), conversationId: ownConversation, ...image(id) },
    ],
  },
  'message:ack': { method: 'markDelivered', input: (id) => [{ conversationId: id, seq: 1 }] },
  'conversation:read': { method: 'markRead', input: (id) => [{ conversationId: id, seq: 1 }] },
  'conversation:typing': { method: 'typing', input: (id) => [{ conversationId: id, on: true }] },
  'conversation:viewing': { method: 'viewing', input: (id) => [{ conversationId: id }] },
  'conversation:sync': { method: 'sync', input: (id) => [{ cursors: { [id]: 0 } }, { cursors: { [id]: 1 } }] },
  'agent:status': { method: 'setStatus', input: (id) => [{ status: id }, { status: 'online', agentId: id }] },
}
/** Of `socketMethods`, those that come before and after the events. */
const ofConnection: readonly string[] = ['authenticate', 'connected', 'disconnected']

beforeAll(async () => {
  url = await createTestDatabase()
  // These sockets acknowledge nothing; a push that is repeated would look like news.
  const settings = { DATABASE_URL: url, ACK_TIMEOUT_MS: '600000' }
  ;({ node, routes } = await startWithRoutes(() => startNode(settings)))
  a = await createMerchant(url, 'Zanzibar Tours')
  b = await createMerchant(url, 'Tours of B')
  const passwordHash = await hashPassword('right')
  const agent = await createAgent(url, a.id, { name: 'Zanzibar Agent', passwordHash })
  admins = {
    a: await createAgent(url, a.id, { role: 'admin', name: 'Zanzibar Admin', status: 'away' }),
    b: await createAgent(url, b.id, { role: 'admin' }),
  }
  travelers = { a: await createTraveler(url, a.id, 'Zanzibar Traveler'), b: await createTraveler(url, b.id) }
  sockets = { agent: await connect(node.url, agent), traveler: await connect(node.url, travelers.a) }
  const file = new FormData()
  file.set('file', new Blob(['File about Zanzibar']), 'zanzibar.txt')
  const uploaded = await call(await bearer(travelers.a), 'POST', '/v1/attachments', file)
  const attachment = JSON.parse(uploaded.text).attachment.id as string
  await sockets.agent.next('agent:presence')
  const sent = await sockets.traveler.ask('message:send', text('words about Zanzibar', {}))
  if (!sent.ok) throw new Error(sent.error.message)
  const message = sent.message as { id: string; clientId: string; conversationId: string }
  const { conversationId } = message
  for (const socket of Object.values(sockets)) await socket.next('conversation:updated')
  await sockets.traveler.ask('message:send', { clientId: uuidv7(), conversationId, ...image(attachment) })
  await sockets.agent.ask('message:send', { ...text('note about Zanzibar', { conversationId }), kind: 'note' })
  await sockets.agent.ask('conversation:read', { conversationId, seq: 2 })
  const listed = { text: 'zanzibarword', action: 'block' }
  const word = await call(await bearer(admins.a), 'POST', '/v1/admin/words', listed)
  await run(url, 'UPDATE traveler SET external_id = $2 WHERE id = $1', [travelers.a.id, 'zanzibar-7'])
  ids = {
    conversation: conversationId,
    message: message.id,
    client: message.clientId,
    attachment,
    word: JSON.parse(word.text).word.id as string,
    agent: agent.id,
    traveler: travelers.a.id,
    merchant: a.id,
  }
  secrets = [...Object.values(ids), admins.a.id, a.key, a.identitySecret, 'anzibar']

  ownAgent = await createAgent(url, b.id)
  roles.traveler = await bearer(travelers.b)
  roles.partner = { authorization: `Bearer ${await createApiKey(url, b.id)}` }
  for (const [role, actor] of Object.entries({ agent: ownAgent, admin: admins.b })) {
    roles[role] = { ...(await bearer(actor)), cookie: await createSession(url, actor) }
  }
  const own = await call(roles.traveler, 'POST', '/v1/messages', text('of B', {}))
  ownConversation = JSON.parse(own.text).message.conversationId
})
afterAll(() => node.stop('end of test'))

const bearer = async (actor: Actor) => ({ authorization: `Bearer ${await tokenFor(actor)}` })
const call = (headers: Headers, method: string, path: string, body?: unknown) =>
  request(node.url + path, method, headers, body)

/** Runs an attack on A and looks at what became of A. */
async function untouched(attack: () => Promise<void>): Promise<void> {
  // What the step before caused is there when this, which comes after it, is there.
  await fence()
  const before = await rowsOf(url, a.id)
  expect(Object.values(before).filter((rows) => rows.length > 0).length).toBeGreaterThan(8)
  for (const socket of Object.values(sockets)) socket.received.length = 0
  await attack()
  expect(await rowsOf(url, a.id)).toEqual(before)
  await fence()
  const received = Object.values(sockets).flatMap((socket) => socket.received)
  expect(received.map(({ payload }) => JSON.stringify(payload).includes('"fence"'))).toEqual([true, true])
}

/** A message each way: whatever was sent to the two before has come when it has. */
async function fence(): Promise<void> {
  for (const [from, to] of [
    [sockets.agent, sockets.traveler],
    [sockets.traveler, sockets.agent],
  ] as const) {
    const told = new Promise((resolve) => to.socket.once('message:new', resolve))
    await from.ask('message:send', text('fence', { conversationId: ids.conversation }))
    await told
  }
}

/** What of A stands in an answer, other than what was sent. */
const leaks = (answer: string, ...sent: string[]) => {
  const rest = sent.reduce((left, part) => left.replaceAll(part, ''), answer)
  return secrets.filter((secret) => rest.includes(secret))
}

const nameOf = (method: string, url: string) => `${method === 'HEAD' ? 'GET' : method} ${url}`

test('every route that describes a body or a query says where it takes ids', () => {
  const silent = routes.filter((route) => route.takes && !inputs[nameOf(route.method, route.url)])
  expect(silent.map(({ method, url }) => `say in \`inputs\` where ${method} ${url} takes ids`)).toEqual([])
  const known = new Set(routes.map(({ method, url }) => nameOf(method, url)))
  expect(Object.keys(inputs).filter((name) => !known.has(name))).toEqual([])
})

test('A’s own administrator gets what B is kept from', async () => {
  const headers = await bearer(admins.a)
  for (const { url } of routes.filter(({ method, url }) => method === 'GET' && url.includes(':'))) {
    const answers = Object.values(ids).map((id) => call(headers, 'GET', url.replace(/:\w+/g, id)))
    const found = (await Promise.all(answers)).filter(({ status }) => status === 200)
    expect(found.length, `GET ${url}`).toBeGreaterThan(0)
    expect(found.flatMap(({ text }) => leaks(text)).length, `GET ${url}`).toBeGreaterThan(0)
  }
})

test('[TEN1] every route answers every role of B for an id of A as for one that does not exist', async () => {
  // Signing out ends the session that the others need.
  const ordered = [...routes].sort((x, y) => Number(x.url.includes('logout')) - Number(y.url.includes('logout')))
  await untouched(async () => {
    for (const { method, url } of ordered) {
      for (const [role, headers] of Object.entries(roles)) {
        // HEAD is answered by what answers GET.
        const takesIds = method !== 'HEAD' && (url.includes(':') || inputs[nameOf(method, url)])
        const kinds = Object.entries(ids).slice(0, takesIds ? undefined : 1)
        await Promise.all(kinds.map(([kind, id]) => compareRoute(method, url, role, headers, kind, id)))
      }
    }
  })

  async function compareRoute(method: string, url: string, role: string, headers: Headers, kind: string, id: string) {
    const requests = (which: string): Request[] =>
      inputs[nameOf(method, url)]?.(which, kind) ?? [{ own: !url.includes(':') }]
    const unknown = uuidv7()
    const [theirs, missing] = [requests(id), requests(unknown)]
    for (const [index, request] of theirs.entries()) {
      const ask = async ({ path, query, body }: Request, which: string) => {
        const address = (path ?? url.replace(/:\w+/g, which)) + (query ? `?${query}` : '')
        const answer = await call(headers, method, address, method === 'HEAD' ? undefined : body)
        return { ...answer, text: answer.text.replaceAll(which, '<id>') }
      }
      const what = `${method} ${url} (${index}) as ${role} with the ${kind}`
      const answer = await ask(request, id)
      expect(leaks(answer.text), what).toEqual([])
      if (!request.own) expect([401, 403, 404, 422], what).toContain(answer.status)
      const same = { what, ...(await ask(missing[index] ?? {}, unknown)) }
      // Anybody may ask for a new token; it is never the same.
      const token = /"token":"[^"]+","expiresAt":"[^"]+"/
      if (request.own) for (const one of [answer, same]) one.text = one.text.replace(token, '<token>')
      expect({ what, ...answer }).toEqual(same)
    }
  }
})

test('[TEN1] every event answers every role of B for an id of A as for one that does not exist', async () => {
  const protocol = await readFile('packages/shared/src/protocol.ts', 'utf8')
  const declared = /interface ClientToServer \{([^}]|\}(?!\n))*/.exec(protocol)?.[0] ?? ''
  expect(Object.keys(events)).toEqual([...declared.matchAll(/^ {2}'([\w:]+)':/gm)].map(([, name]) => name))
  const methods = Object.values(events).map(({ method }) => method as string)
  expect([...ofConnection, ...methods].sort()).toEqual([...socketMethods].sort())

  for (const auth of [{}, { token: roles.partner?.authorization?.slice(7) }])
    await expect(connectWith(node.url, { platform: 'web', protocol: 1, ...auth })).rejects.toThrow()
  await untouched(async () => {
    for (const actor of [travelers.b, ownAgent, admins.b]) {
      using socket = await connect(node.url, actor)
      for (const event of Object.keys(events) as (keyof ClientToServer)[]) {
        await Promise.all(Object.keys(ids).map((kind) => compareEvent(socket, actor.role, event, kind)))
      }
      expect(leaks(JSON.stringify(socket.received))).toEqual([])
    }
  })
})

async function compareEvent(socket: TestSocket, role: string, event: keyof ClientToServer, kind: string) {
  const { input } = events[event]
  const missing = input(uuidv7())
  for (const [index, payload] of input(ids[kind] ?? '').entries()) {
    const what = `${event} (${index}) as ${role} with the ${kind}`
    const answer = JSON.stringify(await socket.ask(event, payload))
    expect(leaks(answer), what).toEqual([])
    expect(answer, what).not.toContain('unknown_event')
    expect(answer, what).toBe(JSON.stringify(await socket.ask(event, missing[index])))
  }
}

test('[TEN1] what both merchants may have is B’s own when B names it', async () => {
  const sent = [ids.client ?? '', 'zanzibar-7', 'zanzibarword']
  const { traveler = {}, partner = {}, admin = {} } = roles
  const from = { traveler: { externalId: 'zanzibar-7', name: 'Li Ming' } }
  const resumeToken = await tokenFor(travelers.a)
  await untouched(async () => {
    const answers = [
      await call(traveler, 'POST', '/v1/messages', text('again', { clientId: ids.client })),
      await call(partner, 'POST', '/v1/messages', text('again', { clientId: ids.client, from })),
      await call(admin, 'POST', '/v1/admin/words', { text: 'zanzibarword', action: 'mask' }),
      await call({}, 'POST', '/v1/widget/sessions', { merchantKey: b.key, resumeToken }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201])
    for (const answer of answers) expect(leaks(answer.text, ...sent)).toEqual([])
  })
})
