import { uuidv7 } from '@waggle/shared'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../_util/databases.ts'
import { createMerchant, createTraveler } from '../_util/fixtures.ts'
import { startNode, type TestNode } from '../_util/nodes.ts'
import { connect, tokenFor } from '../_util/sockets.ts'

let node: TestNode
let url: string
let merchantId: string

beforeAll(async () => {
  url = await createTestDatabase()
  const limits = {
    LIMIT_CONNECTIONS_UID: '3',
    LIMIT_CONNECTIONS_ADDRESS: '20',
    LIMIT_SENDS_UID: '5',
    LIMIT_LOGINS: '2',
  }
  node = await startNode({ DATABASE_URL: url, WAGGLE_TRUST_PROXY: 'true', ...limits })
  merchantId = (await createMerchant(url)).id
})
afterAll(() => node.stop('end of test'))

const from = (address: string) => ({ 'x-forwarded-for': address })
const text = () => ({ clientId: uuidv7(), kind: 'text', body: { text: 'hello' } })
const suspended = { code: 'suspended', retryable: true, retryAfter: expect.any(Number) }

test('[BLK1] a person who connects too often is suspended, longer with every try, and nobody else is', async () => {
  const traveler = await createTraveler(url, merchantId)
  for (let i = 0; i < 3; i++) (await connect(node.url, traveler, {}, from('198.51.100.1'))).socket.disconnect()
  await expect(connect(node.url, traveler, {}, from('198.51.100.2'))).rejects.toMatchObject({ data: suspended })
  await expect(connect(node.url, traveler, {}, from('198.51.100.1'))).rejects.toMatchObject({
    data: { ...suspended, retryAfter: 20 },
  })
  using other = await connect(node.url, await createTraveler(url, merchantId), {}, from('198.51.100.1'))
  expect(other.socket.connected).toBe(true)
})

test('[BLK1] an address that connects too often is suspended as its whole /64, for good tokens too', async () => {
  const forged = { token: 'forged' }
  for (let i = 0; i < 20; i++) {
    const traveler = await createTraveler(url, merchantId)
    await expect(connect(node.url, traveler, forged, from(`2001:db8:7:7::${i}`))).rejects.toMatchObject({
      data: { code: 'unauthenticated' },
    })
  }
  const honest = await createTraveler(url, merchantId)
  await expect(connect(node.url, honest, {}, from('2001:db8:7:7::ff'))).rejects.toMatchObject({ data: suspended })
  using elsewhere = await connect(node.url, honest, {}, from('2001:db8:7:8::1'))
  expect(elsewhere.socket.connected).toBe(true)
})

test('[BLK1] a person who sends too often is suspended on both protocols, and stays connected', async () => {
  const traveler = await createTraveler(url, merchantId)
  using widget = await connect(node.url, traveler, {}, from('198.51.100.9'))
  for (let i = 0; i < 5; i++) expect(await widget.ask('message:send', text())).toMatchObject({ ok: true })
  expect(await widget.ask('message:send', text())).toEqual({
    ok: false,
    error: { ...suspended, message: expect.any(String) },
  })
  const answer = await fetch(`${node.url}/v1/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await tokenFor(traveler)}`, 'content-type': 'application/json' },
    body: JSON.stringify(text()),
  })
  expect(answer.status).toBe(429)
  expect(await answer.json()).toMatchObject({ code: 'suspended', retryAfter: expect.any(Number) })
  expect(widget.socket.connected).toBe(true)
})

test('[BLK1] guessing a password ends after a few tries, for this e-mail and address', async () => {
  const login = (email: string, address: string) =>
    fetch(`${node.url}/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...from(address) },
      body: JSON.stringify({ email, password: 'guess' }),
    })
  const statuses = []
  for (let i = 0; i < 3; i++) statuses.push((await login('lin@example.com', '198.51.100.20')).status)
  expect(statuses).toEqual([401, 401, 429])
  expect((await login('LIN@example.com', '198.51.100.20')).headers.get('retry-after')).toBe('20')
  expect((await login('ben@example.com', '198.51.100.20')).status).toBe(401)
  expect((await login('lin@example.com', '198.51.100.21')).status).toBe(401)
})
