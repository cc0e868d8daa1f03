import { createHash, createHmac } from 'node:crypto'
import { type Actor, uuidv7 } from '@waggle/shared'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hashPassword } from '../../packages/database/src/index.ts'
import { createTestDatabase } from '../_util/databases.ts'
import { createAgent, createMerchant, createTraveler, type TestMerchant } from '../_util/fixtures.ts'
import { startNode, type TestNode, WEB_ORIGIN } from '../_util/nodes.ts'
import { run } from '../_util/postgres.ts'
import { connect, tokenFor } from '../_util/sockets.ts'

let url: string
let node: TestNode
let merchant: TestMerchant
let apiKey: string

beforeAll(async () => {
  url = await createTestDatabase()
  node = await startNode({ DATABASE_URL: url })
  merchant = await createMerchant(url)
  apiKey = await createKey(merchant.id)
})
afterAll(() => node.stop('end of test'))

async function createKey(
  merchantId: string,
  scopes = ['messages:write', 'conversations:read', 'conversations:write', 'events:read'],
): Promise<string> {
  const key = `wgk_${uuidv7()}`
  const hash = createHash('sha256').update(key).digest('hex')
  await run(url, 'INSERT INTO api_key (id, merchant_id, name, key_hash, scopes) VALUES ($1, $2, $3, $4, $5)', [
    uuidv7(),
    merchantId,
    'Order system',
    hash,
    scopes,
  ])
  return key
}

interface Answer {
  status: number
  type: string
  body: Record<string, unknown>
}

async function call(method: string, path: string, token: string | null, body?: unknown, headers = {}): Promise<Answer> {
  const response = await fetch(node.url + path, {
    method,
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
  }
}

const text = (words: string, extra: object = {}) => ({ kind: 'text', body: { text: words }, ...extra })
const asOrderSystem = { from: { traveler: { externalId: 'customer-7', name: 'Wang Fang', locale: 'zh-CN' } } }

describe('a partner’s system', () => {
  test('writes as a traveler, the agent answers, the answer is in the messages and in the feed', async () => {
    const agent = await createAgent(url, merchant.id)
    using console_ = await connect(node.url, agent)
    await console_.next('agent:presence')

    const sent = await call('POST', '/v1/messages', apiKey, text('Is it still free?', asOrderSystem), {
      'idempotency-key': 'order-1',
    })
    expect(sent.status).toBe(201)
    const { conversationId } = sent.body.message as { conversationId: string }
    await console_.next('message:new', ({ message }) => message.conversationId === conversationId)
    const { next } = (await call('GET', '/v1/events', apiKey)).body

    const waiting = call('GET', `/v1/events?after=${next}&wait=10`, apiKey)
    await console_.ask('message:send', text('Yes.', { conversationId, clientId: uuidv7() }))
    const { items } = (await waiting).body as unknown as { items: { kind: string; message?: { body: object } }[] }
    expect(items.map(({ message }) => message?.body)).toContainEqual({ text: 'Yes.' })
    const page = await call('GET', `/v1/conversations/${conversationId}/messages`, apiKey)
    expect((page.body.items as { body: object }[]).map(({ body }) => body)).toEqual([
      { text: 'Is it still free?' },
      { text: 'Yes.' },
    ])
  })

  test('[SEND1] the same Idempotency-Key never makes a second message', async () => {
    const send = () =>
      call('POST', '/v1/messages', apiKey, text('once', asOrderSystem), { 'idempotency-key': 'order-2' })
    const [first, second] = [await send(), await send()]
    expect([first.status, second.status]).toEqual([201, 200])
    expect(second.body).toEqual(first.body)
  })

  test('is held to its scopes', async () => {
    const reader = await createKey(merchant.id, ['conversations:read'])
    const refused = await call('POST', '/v1/messages', reader, text('x', { ...asOrderSystem, clientId: uuidv7() }))
    expect(refused).toMatchObject({ status: 403, body: { code: 'forbidden' } })
  })

  test('gets the feed as a stream too', async () => {
    const abort = new AbortController()
    const response = await fetch(`${node.url}/v1/events`, {
      headers: { authorization: `Bearer ${apiKey}`, accept: 'text/event-stream' },
      signal: abort.signal,
    })
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    const reader = response.body?.getReader()
    const first = await reader?.read()
    expect(new TextDecoder().decode(first?.value)).toMatch(/^event: conversation\.opened\ndata: \{/)
    abort.abort()
  })
})

describe('a visitor', () => {
  const start = (body: object) => call('POST', '/v1/widget/sessions', null, body)

  test('is somebody new, then the same one again', async () => {
    const first = await start({ merchantKey: merchant.key, locale: 'zh-CN' })
    expect(first).toMatchObject({ status: 201, body: { traveler: { name: expect.stringMatching(/^访客/) } } })
    const again = await start({ merchantKey: merchant.key, resumeToken: first.body.token })
    expect(again.body.traveler).toMatchObject({ id: (first.body.traveler as { id: string }).id })
  })

  test('is who the merchant says, and nobody else can say it', async () => {
    // By hand, as a merchant's own system may do it.
    const sign = (secret: string, seconds = 300) => {
      const exp = Math.floor(Date.now() / 1000) + seconds
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
      const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: 'u-1', name: 'Li Ming', exp })}`
      return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
    }
    const known = await start({ merchantKey: merchant.key, identityToken: sign(merchant.identitySecret) })
    expect(known.body.traveler).toMatchObject({ name: 'Li Ming', externalId: 'u-1' })
    const forged = await start({ merchantKey: merchant.key, identityToken: sign('not the secret of them') })
    expect(forged).toMatchObject({ status: 401, body: { code: 'unauthenticated', field: 'identityToken' } })
    const late = await start({ merchantKey: merchant.key, identityToken: sign(merchant.identitySecret, -60) })
    expect(late).toMatchObject({ status: 401, body: { code: 'token_expired', field: 'identityToken' } })
    const other = await createMerchant(url)
    const stolen = await start({ merchantKey: other.key, identityToken: sign(merchant.identitySecret) })
    expect(stolen.status).toBe(401)
  })
})

describe('the console', () => {
  test('signs in with a cookie that pages of others cannot use', async () => {
    const email = `${uuidv7()}@example.com`
    await createAgent(url, merchant.id, { email, passwordHash: await hashPassword('right') })
    const wrong = await call('POST', '/v1/auth/login', null, { email, password: 'wrong' })
    expect(wrong).toMatchObject({ status: 401, body: { code: 'unauthenticated' } })
    const response = await fetch(`${node.url}/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: WEB_ORIGIN },
      body: JSON.stringify({ email, password: 'right' }),
    })
    const set = response.headers.get('set-cookie') ?? ''
    expect(set).toMatch(/HttpOnly/)
    expect(set).toMatch(/SameSite=Lax/)
    const cookie = set.split(';')[0] ?? ''
    expect(await call('GET', '/v1/me', null, undefined, { cookie })).toMatchObject({
      status: 200,
      body: { role: 'agent' },
    })
    const foreign = { cookie, origin: 'https://evil.example' }
    expect(await call('POST', '/v1/auth/socket-token', null, undefined, foreign)).toMatchObject({
      status: 403,
      body: { code: 'origin_not_allowed' },
    })
    expect((await call('POST', '/v1/auth/logout', null, undefined, { cookie })).status).toBe(204)
    expect((await call('GET', '/v1/me', null, undefined, { cookie })).status).toBe(401)
  })

  test('agents do not see the word list', async () => {
    const agent = await tokenFor(await createAgent(url, merchant.id))
    expect(await call('GET', '/v1/admin/words', agent)).toMatchObject({ status: 403, body: { code: 'forbidden' } })
  })
})

describe('files', () => {
  async function upload(actor: Actor, name: string, bytes: Uint8Array, type = 'application/octet-stream') {
    const form = new FormData()
    form.set('file', new Blob([bytes as BlobPart], { type }), name)
    const response = await fetch(`${node.url}/v1/attachments`, {
      method: 'POST',
      headers: { authorization: `Bearer ${await tokenFor(actor)}` },
      body: form,
    })
    return { status: response.status, body: await response.json() }
  }
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==',
    'base64',
  )

  test('a picture is what its bytes are, and only people of the conversation get it', async () => {
    const traveler = await createTraveler(url, merchant.id)
    const { status, body } = await upload(traveler, 'ticket.jpg', png, 'image/jpeg')
    expect(status).toBe(201)
    expect(body.attachment).toMatchObject({ mime: 'image/png', width: 1, height: 1, name: 'ticket.jpg' })
    const { id: attachmentId, ...rest } = body.attachment
    const image = { kind: 'image', body: { attachmentId, ...rest }, clientId: uuidv7() }
    expect((await call('POST', '/v1/messages', await tokenFor(traveler), image)).status).toBe(201)
    const path = `/v1/attachments/${attachmentId}`
    const get = async (actor: Actor) =>
      (await fetch(node.url + path, { headers: { authorization: `Bearer ${await tokenFor(actor)}` } })).status
    expect(await get(traveler)).toBe(200)
    expect(await get(await createAgent(url, merchant.id))).toBe(200)
    expect(await get(await createTraveler(url, merchant.id))).toBe(404)
    expect(await get(await createAgent(url, (await createMerchant(url)).id))).toBe(404)
  })

  test('the wrong type, the wrong size and nothing are refused by name', async () => {
    const traveler = await createTraveler(url, merchant.id)
    const refused = (code: string, status: number) => ({ status, body: { code, field: 'file' } })
    const program = Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 3])
    expect(await upload(traveler, 'a.png', program)).toMatchObject(refused('unsupported_media', 415))
    const html = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>\0')
    expect(await upload(traveler, 'a.svg', html)).toMatchObject(refused('unsupported_media', 415))
    expect(await upload(traveler, 'a.png', new Uint8Array(0))).toMatchObject(refused('invalid_input', 422))
    expect(await upload(traveler, 'a.png', png.subarray(0, 40))).toMatchObject({ body: { field: 'file' } })
    const large = new Uint8Array(10 * 1024 * 1024 + 1).fill(65)
    expect(await upload(traveler, 'a.txt', large)).toMatchObject(refused('too_large', 413))
  })

  test('a file of somebody else cannot be sent', async () => {
    const [owner, thief] = [await createTraveler(url, merchant.id), await createTraveler(url, merchant.id)]
    const { body } = await upload(owner, 'a.png', png)
    const { id: attachmentId, ...rest } = body.attachment
    const image = { kind: 'image', body: { attachmentId, ...rest }, clientId: uuidv7() }
    expect(await call('POST', '/v1/messages', await tokenFor(thief), image)).toMatchObject({
      status: 422,
      body: { field: 'body.attachmentId' },
    })
  })
})

describe('bad requests', () => {
  const cases: [string, string, string, unknown, Partial<Record<'status' | 'code' | 'field', unknown>>][] = [
    ['no JSON', 'POST', '/v1/messages', '{', { status: 400, code: 'malformed' }],
    ['no body', 'POST', '/v1/messages', '', { status: 400, code: 'malformed' }],
    ['an unknown kind', 'POST', '/v1/messages', { kind: 'x' }, { status: 422, field: 'kind' }],
    ['a text of the wrong type', 'POST', '/v1/messages', text(5 as never), { status: 422, field: 'body.text' }],
    ['100,000 characters', 'POST', '/v1/messages', text('x'.repeat(100_000)), { status: 422, field: 'body.text' }],
    ['a megabyte', 'POST', '/v1/messages', text('x'.repeat(1_000_000)), { status: 413, code: 'too_large' }],
    ['a NUL', 'POST', '/v1/messages', text('a\u0000b'), { status: 422, field: 'body.text' }],
    ['half a surrogate', 'POST', '/v1/messages', text('\ud83d'), { status: 422, field: 'body.text' }],
    ['nothing but spaces', 'POST', '/v1/messages', text(' \n '), { status: 422, field: 'body.text' }],
    ['an unknown field', 'POST', '/v1/messages', text('a', { admin: true }), { status: 422, field: 'admin' }],
    ['no clientId', 'POST', '/v1/messages', text('a', asOrderSystem), { status: 422, field: 'clientId' }],
    [
      'a script as a link',
      'POST',
      '/v1/messages',
      { kind: 'card', body: { card: 'product', id: '1', title: 'x', url: 'javascript:alert(1)' } },
      { status: 422, field: 'body.url' },
    ],
    ['an id that is none', 'GET', '/v1/conversations/abc', undefined, { status: 422, field: 'id' }],
    ['an id of nobody', 'GET', `/v1/conversations/${uuidv7()}`, undefined, { status: 404, code: 'not_found' }],
    ['a limit of 0', 'GET', '/v1/conversations?limit=0', undefined, { status: 422, field: 'limit' }],
    ['a cursor of ours not', 'GET', '/v1/conversations?cursor=abc', undefined, { status: 422, field: 'cursor' }],
    ['a view of ours not', 'GET', '/v1/conversations?view=none', undefined, { status: 422, field: 'view' }],
    ['a feed cursor', 'GET', '/v1/events?after=abc', undefined, { status: 422, field: 'after' }],
    ['an address', 'GET', '/v1/nothing', undefined, { status: 404, code: 'not_found' }],
  ]
  test.each(cases)('%s', async (_name, method, path, body, expected) => {
    const { status, type, body: problem } = await call(method, path, apiKey, body)
    expect(type).toContain('application/problem+json')
    expect({ status, code: problem.code, field: problem.field }).toMatchObject(expected)
  })

  test('tokens that are expired, forged, of the wrong kind or nonsense', async () => {
    const foreignKey = `wgk_${uuidv7()}`
    for (const token of ['nonsense', 'a.b.c', foreignKey]) {
      expect(await call('GET', '/v1/conversations', token)).toMatchObject({
        status: 401,
        body: { code: 'unauthenticated' },
      })
    }
    const none = await call('GET', '/v1/conversations', null)
    expect(none).toMatchObject({ status: 401, body: { code: 'unauthenticated' } })
    const basic = await call('GET', '/v1/conversations', null, undefined, { authorization: 'Basic abc' })
    expect(basic).toMatchObject({ status: 401, body: { field: 'authorization' } })
  })

  test('[TEN1] what belongs to another merchant is as if it did not exist', async () => {
    const foreign = await createMerchant(url)
    const traveler = await createTraveler(url, foreign.id)
    const sent = await call('POST', '/v1/messages', await tokenFor(traveler), text('x', { clientId: uuidv7() }))
    const { conversationId } = sent.body.message as { conversationId: string }
    const ours = await tokenFor(await createAgent(url, merchant.id))
    for (const [method, suffix, body] of [
      ['GET', '', undefined],
      ['GET', '/messages', undefined],
      ['POST', '/claim', {}],
      ['POST', '/resolve', {}],
      ['POST', '/assign', { agentId: uuidv7() }],
    ] as const) {
      const theirs = await call(method, `/v1/conversations/${conversationId}${suffix}`, ours, body)
      const missing = await call(method, `/v1/conversations/${uuidv7()}${suffix}`, ours, body)
      expect(theirs).toEqual(missing)
      expect(theirs.status).toBe(404)
    }
  })
})
