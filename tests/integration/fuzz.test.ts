/** Random input, the same in every run: nothing that a client sends breaks a node. */
import { createHmac } from 'node:crypto'
import { Agent, request as httpRequest, type OutgoingHttpHeaders } from 'node:http'
import { type Actor, type ClientToServer, errorCatalogue, uuidv7 } from '@waggle/shared'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { almost, almostSend, anyJson, anyString, someText } from '../_util/arbitraries.ts'
import { arbitraryRequests } from '../_util/arbitrary-requests.ts'
import { createTestDatabase } from '../_util/databases.ts'
import { createAgent, createApiKey, createMerchant, createSession, createTraveler } from '../_util/fixtures.ts'
import { startNode, type TestNode } from '../_util/nodes.ts'
import { type Route, startWithRoutes } from '../_util/routes.ts'
import { connect, type TestSocket, tokenFor } from '../_util/sockets.ts'

/** How much is tried. `batch` are under way at once; each frame has a connection of its own. */
const RUNS = { events: 2_000, frames: 200, requests: 2_000, batch: 100 }
const SEED = 20_261_124

vi.setConfig({ testTimeout: 60_000 })

let node: TestNode
let routes: Route[]
let connections: () => Promise<number>
let url: string
let agent: Actor
let traveler: Actor
let conversationId: string
let callers: OutgoingHttpHeaders[]
let identitySecret: string
let merchantKey: string
const http = new Agent({ keepAlive: true, maxSockets: 20 })

beforeAll(async () => {
  url = await createTestDatabase()
  // These sockets acknowledge nothing and are to be kept for as long as it takes.
  const settings = { DATABASE_URL: url, METRICS_PORT: '0', DATABASE_POOL: '4', ACK_TIMEOUT_MS: '600000' }
  ;({ node, routes, connections } = await startWithRoutes(() => startNode(settings)))
  const merchant = await createMerchant(url)
  ;({ identitySecret, key: merchantKey } = merchant)
  agent = await createAgent(url, merchant.id)
  traveler = await createTraveler(url, merchant.id)
  const admin = await createAgent(url, merchant.id, { role: 'admin', status: 'away' })
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
  const asTraveler = bearer(await tokenFor(traveler))
  const sessions = [await createSession(url, agent), await createSession(url, admin)]
  callers = [
    asTraveler,
    bearer(await tokenFor(admin)),
    bearer(await createApiKey(url, merchant.id)),
    ...sessions.map((cookie) => ({ cookie })),
    {},
  ]
  const first = { clientId: uuidv7(), kind: 'text', body: { text: 'hello' } }
  const sent = await ask('POST', '/v1/messages', { ...asTraveler, ...json }, JSON.stringify(first))
  conversationId = JSON.parse(sent.text).message.conversationId
})
afterAll(async () => {
  http.destroy()
  await node.stop('end of test')
})

const json = { 'content-type': 'application/json' }

/** As it stands: `fetch` would mend the address. Rejects when the node hangs up without an answer. */
function ask(method: string, path: string, headers: OutgoingHttpHeaders = {}, body?: string) {
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }
    const options = { method, path, headers: { ...headers, ...length }, agent: http, port: node.port, timeout: 10_000 }
    const request = httpRequest({ host: '127.0.0.1', ...options }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part) => parts.push(part))
      response.on('error', reject)
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString() }))
    })
    request.on('timeout', () => request.destroy(new Error('no answer within 10 s')))
    request.on('error', reject)
    request.end(body)
  })
}

/** The node serves health and somebody new, and no error of its own was met on the way. */
async function stillWell(): Promise<void> {
  expect(await ask('GET', '/healthz')).toMatchObject({ status: 200 })
  const { id } = await createMerchant(url)
  using widget = await connect(node.url, await createTraveler(url, id))
  using console_ = await connect(node.url, await createAgent(url, id))
  const sent = await widget.ask('message:send', { clientId: uuidv7(), kind: 'text', body: { text: 'still here' } })
  expect(sent).toMatchObject({ ok: true, message: { seq: 1 } })
  await console_.next('conversation:updated')
  expect(await metric('waggle_failures_total')).toEqual([])
}

async function metric(name: string): Promise<string[]> {
  const text = await (await fetch(`http://127.0.0.1:${node.metricsPort}/metrics`)).text()
  return text.split('\n').filter((line) => line.startsWith(name) && !line.endsWith(' 0'))
}

/** Runs what `arbitrary` makes, a batch at a time. `attempt` says what is wrong with the answer. */
async function tryAll<T>(arbitrary: fc.Arbitrary<T>, runs: number, attempt: (value: T) => Promise<string | null>) {
  const size = Math.min(RUNS.batch, runs)
  const batch = fc.array(arbitrary, { minLength: size, maxLength: size, size: 'max' })
  const property = fc.asyncProperty(batch, async (values) => {
    const answers = await Promise.all(
      values.map(async (value) => {
        const wrong = await attempt(value).catch((error: Error) => `${error.name}: ${error.message}`)
        return wrong === null ? [] : [{ wrong, value }]
      }),
    )
    expect(answers.flat()).toEqual([])
  })
  // Whole batches do not get simpler by being cut; the message names what went wrong in one.
  await fc.assert(property, { seed: SEED, numRuns: runs / size, endOnFailure: true })
}

const known = Object.keys(errorCatalogue).filter((code) => code !== 'internal')
/** Socket.IO keeps these for itself: its client refuses to send them. */
const reserved = ['connect', 'connect_error', 'disconnect', 'disconnecting', 'newListener', 'removeListener']

test('random events are answered with ok or a code of the catalogue, and the connection is kept', async () => {
  using console_ = await connect(node.url, agent)
  using widget = await connect(node.url, traveler)
  const people: TestSocket[] = [console_, widget]
  const id = fc.oneof(fc.constant(conversationId), fc.uuid())
  const seq = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer(), fc.double())
  const payloads: Record<keyof ClientToServer, fc.Arbitrary<unknown>> = {
    'message:send': almostSend([conversationId]),
    'message:ack': almost({ conversationId: id, seq }),
    'conversation:read': almost({ conversationId: id, seq }),
    'conversation:typing': almost({ conversationId: id, on: fc.boolean() }),
    'conversation:viewing': almost({ conversationId: fc.oneof(id, fc.constant(null)) }),
    'conversation:sync': almost({ cursors: fc.oneof(fc.dictionary(id, seq), anyJson) }),
    'agent:status': almost({ status: fc.constantFrom('online', 'busy', 'away', 'offline') }),
  }
  const named = Object.entries(payloads).flatMap(([name, payload]) => [
    { arbitrary: fc.tuple(fc.constant(name), fc.tuple(payload)), weight: 4 },
    { arbitrary: fc.tuple(fc.constant(name), fc.array(anyJson, { maxLength: 3 })), weight: 1 },
  ])
  const name = fc.oneof(anyString, fc.constantFrom('error', '__proto__', 'constructor', 'session:closing'))
  const other = fc.tuple(name, fc.array(anyJson, { maxLength: 3 })).filter(([event]) => !reserved.includes(event))
  const event = fc.oneof(...named, { arbitrary: other, weight: 7 })

  await tryAll(fc.tuple(event, fc.nat(1)), RUNS.events, async ([[name, args], who]) => {
    const answer = await people[who]?.ask(name, ...args)
    return answer?.ok || known.includes(answer?.error.code ?? '') ? null : JSON.stringify(answer)
  })
  expect(people.map(({ socket }) => socket.connected)).toEqual([true, true])
  await stillWell()
})

test('frames that are none end at most their own connection', async () => {
  const auth = JSON.stringify({ token: await tokenFor(traveler), platform: 'web', protocol: 1 })
  const types = [
    '',
    '0',
    '1',
    '2',
    '3',
    '4',
    '5',
    '6',
    '7',
    '/',
    '2/x,',
    '21',
    '51-',
    '52-',
    '61-1',
    '599999999-',
    '0/',
  ]
  const text = fc.oneof(
    anyJson.map((value) => JSON.stringify(value)),
    fc.array(anyJson).map((value) => JSON.stringify(value)),
    fc.constantFrom(...reserved, 'message:send').map((name) => JSON.stringify([name, {}])),
    fc.constantFrom(auth, '["message:send",{"_placeholder":true,"num":0}]', '[', '[0]', '[null]', '{"__proto__":1}'),
    anyString,
  )
  await tryAll(fc.tuple(fc.constantFrom(...types), text), RUNS.frames, async ([type, rest]) => {
    using sender = await connect(node.url, traveler)
    const cut = new Promise((resolve) => sender.socket.on('disconnect', resolve))
    sender.socket.io.engine.write(type + rest)
    // The next event is answered, or there is nobody any more to answer.
    await Promise.race([sender.ask('agent:status', {}), cut])
    return null
  })
  await stillWell()
})

test('random requests on every route never make the node fail', async () => {
  const identity = fc.record({ sub: someText, name: anyJson }).map((claims) => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const exp = Math.floor(Date.now() / 1000) + 300
    const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ ...claims, exp })}`
    return `${signed}.${createHmac('sha256', identitySecret).update(signed).digest('base64url')}`
  })
  const theirs = almost({ externalId: someText, name: someText, locale: someText })
  const bodies: Record<string, fc.Arbitrary<unknown>> = {
    '/v1/messages': fc
      .tuple(almostSend([conversationId]), fc.option(almost({ traveler: theirs })))
      .map(([send, from]) => (from ? { ...send, from } : send)),
    '/v1/conversations/:id/assign': almost({ agentId: fc.oneof(fc.constant(agent.id), fc.uuid()) }),
    '/v1/admin/words': almost({ text: someText, action: fc.constantFrom('block', 'mask', 'review') }),
    '/v1/admin/words/:id': almost({ action: fc.constantFrom('block', 'mask') }),
    '/v1/auth/login': almost({ email: fc.oneof(fc.emailAddress(), anyString), password: someText }),
    '/v1/auth/switch': almost({ merchantId: fc.uuid() }),
    '/v1/widget/sessions': almost({ merchantKey: fc.constant(merchantKey), identityToken: identity }),
  }
  const values = [conversationId, agent.id, merchantKey]
  const requests = arbitraryRequests({ routes, callers, bodies, values })
  await tryAll(requests, RUNS.requests, async ({ to, query, headers }) => {
    const search = query.map(([name, value]) => `${name}=${value}`).join('&')
    const [type, body] = to.content
    const bodied = !['GET', 'HEAD'].includes(to.method)
    const extra = bodied && type !== '' ? { 'content-type': type } : {}
    const path = to.path + (search && !to.path.includes('?') ? `?${search}` : '')
    const { status, text } = await ask(to.method, path, { ...headers, ...extra }, bodied ? body : undefined)
    return status < 500 || status === 503 ? null : `${status} ${text}`
  })
  await stillWell()
})

test('nothing is left when everybody has gone', async () => {
  http.destroy()
  await expect.poll(connections, { timeout: 5_000 }).toBe(0)
  await expect.poll(() => metric('waggle_connections')).toEqual([])
  const headers = callers[1]
  const { items } = JSON.parse((await ask('GET', '/v1/agents', headers)).text) as { items: { status: string }[] }
  expect(items.map(({ status }) => status)).toEqual(['offline', 'offline'])
})
