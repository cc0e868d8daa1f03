/** HTTP requests that are wrong in an address, a query, a header or a body, or nearly right. */
import type { OutgoingHttpHeaders } from 'node:http'
import fc from 'fast-check'
import { anyJson, anyString } from './arbitraries.ts'
import type { Route } from './routes.ts'

export interface ArbitraryRequest {
  to: { method: string; path: string; content: [type: string, body: string] }
  query: [string, string][]
  headers: OutgoingHttpHeaders
}

/** Percent-encoded; halves of surrogate pairs too, which no decoder takes. */
const escaped = anyString.map((value) => encodeURIComponent(value.toWellFormed()).replaceAll('%EF%BF%BD', '%ED%A0%BD'))
const printable = fc.string({ unit: fc.constantFrom(...'%/.;:?#&=[]{}+@\\"abc019~') })
const anyBody = anyJson.map((value) => JSON.stringify(value))

const part = fc
  .tuple(fc.constantFrom('file', 'other', ''), printable, fc.constantFrom('text/plain', 'image/png', 'x'), anyString)
  .map(([name, file, type, content]) => {
    const head = `content-disposition: form-data; name="${name}"; filename="${file}"\r\ncontent-type: ${type}`
    return `--x\r\n${head}\r\n\r\n${content}\r\n--x--`
  })
const cut = fc.tuple(part, fc.double({ min: 0, max: 1, noNaN: true })).map(([all, at]) => all.slice(0, all.length * at))
const form = fc.tuple(fc.constant('multipart/form-data; boundary=x'), fc.oneof(part, cut, anyString))
const types = ['application/json', 'application/json; charset=utf-16', 'text/plain', '', 'multipart/form-data']
const anyContent = fc.tuple(fc.constantFrom(...types), fc.oneof(anyString, cut, anyBody))

/** What may stand in a header. */
const line = anyString.map((value) => value.replace(/[^\x20-\x7e\x80-\xff]/g, '').slice(0, 300))
const bearer = fc.tuple(fc.constantFrom('', 'Bearer ', 'Bearer wgk_', 'Basic '), line).map((parts) => parts.join(''))
const anyHeaders = fc.record(
  {
    authorization: bearer,
    cookie: line.map((value) => `waggle_session=${value}`),
    'idempotency-key': line,
    'last-event-id': line,
    origin: line,
  },
  { requiredKeys: [] },
)

const elsewhere = fc.oneof(
  printable.map((path) => `/${path}`),
  escaped.map((path) => `/v1/${path}`),
  fc
    .tuple(fc.constantFrom('polling', 'websocket', 'x'), printable)
    .map(([transport, rest]) => `/socket.io/?EIO=4&transport=${transport}&sid=${rest}`),
)

export interface Known {
  routes: Route[]
  /** Headers of everybody who may call. */
  callers: OutgoingHttpHeaders[]
  /** By the address of the route: bodies that are nearly right. */
  bodies: Record<string, fc.Arbitrary<unknown>>
  /** Ids, keys and words that mean something. */
  values: string[]
}

export function arbitraryRequests({ routes, callers, bodies, values }: Known): fc.Arbitrary<ArbitraryRequest> {
  const parameter = fc.oneof(fc.constantFrom(...values), fc.uuid(), escaped, printable)
  const cursor = fc.oneof(
    anyBody,
    fc
      .tuple(fc.constantFrom('0', '9'.repeat(15), '9'.repeat(18)), fc.constantFrom(...values))
      .map((parts) => JSON.stringify(parts)),
  )
  const encoded = cursor.map((value) => Buffer.from(value).toString('base64url'))
  const number = fc.oneof(fc.integer(), fc.double()).map(String)
  const names = ['q', 'after', 'before', 'limit', 'cursor', 'view', 'merchant', '__proto__', 'constructor', '']
  // A long poll that is right would be held back; those are in http.test.ts.
  const wait = fc.tuple(fc.constant('wait'), fc.constantFrom('0', '-1', '51', 'x', '1e99', ''))
  const pair = fc.tuple(fc.constantFrom(...names), fc.oneof(parameter, encoded, number, fc.constantFrom('1', 'mine')))
  const query = fc.array(fc.oneof({ arbitrary: pair, weight: 5 }, { arbitrary: wait, weight: 1 }), { maxLength: 3 })

  const onRoute = ({ method, url }: Route) => {
    const json = fc.tuple(fc.constant('application/json'), (bodies[url] ?? anyJson).map(JSON.stringify))
    const other = url === '/v1/attachments' ? form : anyContent
    return fc.record({
      method: fc.constant(method),
      path: parameter.map((value) => url.replace(/:\w+/g, () => value)),
      content: fc.oneof({ arbitrary: json, weight: 3 }, { arbitrary: other, weight: url in bodies ? 1 : 6 }),
    })
  }
  const offRoute = fc.record({
    method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'OPTIONS'),
    path: elsewhere,
    content: anyContent,
  })
  return fc.record({
    to: fc.oneof(
      { arbitrary: offRoute, weight: 5 },
      // Most can go wrong where there is most to check.
      ...routes.map((route) => ({ arbitrary: onRoute(route), weight: route.url in bodies ? 5 : 1 })),
    ),
    query,
    headers: fc.oneof({ arbitrary: fc.constantFrom(...callers), weight: 4 }, { arbitrary: anyHeaders, weight: 1 }),
  })
}
