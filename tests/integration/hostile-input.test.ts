/** Input that once made the node fail with a 500, or believe it. */
import { createHmac } from 'node:crypto'
import { request } from 'node:http'
import { limits, uuidv7 } from '@waggle/shared'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../_util/databases.ts'
import { createApiKey, createMerchant, createTraveler, type TestMerchant } from '../_util/fixtures.ts'
import { call } from '../_util/http.ts'
import { startNode, type TestNode } from '../_util/nodes.ts'
import { run } from '../_util/postgres.ts'
import { tokenFor } from '../_util/sockets.ts'

let url: string
let node: TestNode
let merchant: TestMerchant
beforeAll(async () => {
  url = await createTestDatabase()
  node = await startNode({ DATABASE_URL: url })
  merchant = await createMerchant(url)
})
afterAll(() => node.stop('end of test'))

async function refusal(path: string, headers: Record<string, string>, body: unknown) {
  const { status, text } = await call(node.url + path, 'POST', headers, body)
  const { code, field } = JSON.parse(text)
  return { status, code, field }
}

test('a NUL in an e-mail is refused by its field', async () => {
  const login = { email: 'a\u0000@example.com', password: 'x' }
  expect(await refusal('/v1/auth/login', {}, login)).toEqual({ status: 422, code: 'invalid_input', field: 'email' })
})

test('a NUL in the language of a partner’s traveler is refused by its field', async () => {
  const headers = { authorization: `Bearer ${await createApiKey(url, merchant.id)}` }
  const from = { traveler: { externalId: 'customer-7', locale: 'e\u0000' } }
  const message = { clientId: uuidv7(), kind: 'text', body: { text: 'hello' }, from }
  expect(await refusal('/v1/messages', headers, message)).toMatchObject({
    status: 422,
    field: expect.stringMatching(/^from\.traveler/),
  })
})

const claims: [string, object, string][] = [
  ['a NUL in the id', { sub: 'a\u0000' }, 'sub'],
  ['half a surrogate pair in the id', { sub: 'a\ud83d' }, 'sub'],
  ['an id that is an object', { sub: {} }, 'sub'],
  ['an id longer than an index takes', { sub: 'x'.repeat(2_900) }, 'sub'],
  ['a NUL in the name', { sub: 'u-1', name: 'a\u0000' }, 'name'],
]
test.each(claims)('%s of a signed identity is refused by its claim', async (_name, said, claim) => {
  expect(await refusal('/v1/widget/sessions', {}, { merchantKey: merchant.key, identityToken: sign(said) })).toEqual({
    status: 422,
    code: 'invalid_input',
    field: `identityToken.${claim}`,
  })
})

test('a long name of a signed identity is cut between two characters, a number is an id', async () => {
  const identityToken = sign({ sub: 7, name: '😀'.repeat(150) })
  const session = await call(`${node.url}/v1/widget/sessions`, 'POST', {}, { merchantKey: merchant.key, identityToken })
  expect(JSON.parse(session.text).traveler).toMatchObject({ externalId: '7', name: '😀'.repeat(100) })
})

test.each([
  ['cut off', '--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\nabc'],
  ['none', 'abc'],
])('a form that is %s is malformed', async (_name, body) => {
  const authorization = `Bearer ${await tokenFor(await createTraveler(url, merchant.id))}`
  const headers = { authorization, 'content-type': 'multipart/form-data; boundary=x' }
  const response = await fetch(`${node.url}/v1/attachments`, { method: 'POST', headers, body })
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ code: 'malformed' })
})

test('a file is too large wherever the pieces it comes in end, and never stored without its end', async () => {
  const authorization = `Bearer ${await tokenFor(await createTraveler(url, merchant.id))}`
  const headers = { authorization, 'content-type': 'multipart/form-data; boundary=x' }
  const status = await new Promise((resolve, reject) => {
    const sending = request(`${node.url}/v1/attachments`, { method: 'POST', headers }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode))
    })
    sending.on('error', reject)
    sending.write('--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n')
    sending.write('a'.repeat(limits.attachmentBytes), () => sending.end('b\r\n--x--\r\n'))
  })
  expect(status).toBe(413)
  const rows = await run(url, 'SELECT id FROM attachment WHERE merchant_id = $1', [merchant.id])
  expect(rows).toEqual([])
})

function sign(said: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const exp = Math.floor(Date.now() / 1000) + 300
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ ...said, exp })}`
  return `${signed}.${createHmac('sha256', merchant.identitySecret).update(signed).digest('base64url')}`
}
