/** What a client may send that none of ours does. */
import fc from 'fast-check'

const words = [
  ...[
    '',
    ' ',
    '\u0000',
    'a\u0000b',
    '\ud83d',
    'x\udc00',
    '\u202e',
    '💥',
    '%00',
    '../..',
    "'; --",
    '{{7*7}}',
    '[]',
    '0',
  ],
  ...[
    'true',
    'text',
    'note',
    'image',
    'file',
    'card',
    'event',
    'csat',
    'product',
    'online',
    'offline',
    'en',
    'image/png',
  ],
  ...['00000000-0000-0000-0000-000000000000', 'javascript:alert(1)', 'x'.repeat(6_000), '\ud83d'.repeat(200)],
]
const keys = [
  ...['__proto__', 'constructor', 'prototype', 'toString', 'toJSON', 'then', 'hasOwnProperty', 'length', ''],
  ...['kind', 'body', 'text', 'id', 'clientId', 'conversationId', 'seq', 'on', 'cursors', 'status', 'subject', 'from'],
  ...['attachmentId', 'name', 'mime', 'size', 'width', 'card', 'title', 'url', 'fields', 'traveler', 'externalId'],
]

/** Any UTF-16 code units, so halves of surrogate pairs and NUL too. */
const codeUnits = fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) })
export const anyString = fc.oneof(fc.constantFrom(...words), codeUnits, fc.string({ unit: 'binary' }), fc.string())
const anyKey = fc.oneof({ arbitrary: fc.constantFrom(...keys), weight: 3 }, { arbitrary: anyString, weight: 1 })
const anyNumber = fc.oneof(
  fc.double(),
  fc.maxSafeInteger(),
  fc.constantFrom(-1, -0, 0, 1, 2 ** 31 - 1, 2 ** 31, 2 ** 53, 2 ** 63, 1e308),
)

/** Every key is the object's own, `__proto__` included, as it is after `JSON.parse`. */
const objectOf = (entries: [string, unknown][]): object => Object.fromEntries(entries)

/** A value that JSON can carry, nested, of any type. */
export const anyJson: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium' },
    anyString,
    anyNumber,
    fc.boolean(),
    fc.constant(null),
    fc.uuid(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(anyKey, tie('value')), { maxLength: 5 }).map(objectOf),
  ),
})).value

/** Right but for a few fields: gets past the checks that stop what is wholly wrong. */
export function almost(fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<object> {
  const names = Object.keys(fields)
  const wrong = fc.tuple(fc.oneof(fc.constantFrom(...names, 'kind'), anyKey), anyJson)
  const none = fc.constant<[string, unknown][]>([])
  const changes = fc.oneof({ arbitrary: none, weight: 5 }, { arbitrary: fc.array(wrong, { maxLength: 2 }), weight: 2 })
  return fc.tuple(fc.record(fields), changes).map(([right, changed]) => ({ ...right, ...objectOf(changed) }))
}

/** Mostly text that could be meant. */
export const someText = fc.oneof(
  { arbitrary: fc.constantFrom('hello', '还有房间吗?', '👩‍👩‍👧 😀', '7'), weight: 6 },
  { arbitrary: fc.constant('a\u0000b'), weight: 1 },
  { arbitrary: anyString, weight: 1 },
)

/** What `message:send` and `POST /v1/messages` take, and near misses. */
export function almostSend(conversationIds: readonly string[]): fc.Arbitrary<object> {
  const url = fc.oneof(fc.constantFrom('https://a.example', '/path'), anyString)
  const card = almost({
    card: fc.constantFrom('product', 'order'),
    id: someText,
    title: someText,
    url,
    price: someText,
  })
  const file = almost({
    attachmentId: fc.uuid(),
    name: someText,
    mime: fc.constantFrom('image/png', 'text/plain'),
    size: fc.integer({ min: 0, max: 2_000 }),
  })
  const bodies = { text: almost({ text: someText }), note: almost({ text: someText }), image: file, file, card }
  const sends = Object.entries(bodies).map(([kind, body]) =>
    almost({
      kind: fc.constant(kind),
      body,
      clientId: fc.uuid(),
      conversationId: fc.oneof({ arbitrary: fc.constantFrom(...conversationIds), weight: 4 }, fc.uuid()),
    }),
  )
  return fc.oneof(
    ...sends,
    anyJson.map((value) => ({ value })),
  )
}
