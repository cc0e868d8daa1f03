import { describe, expect, it } from 'vitest'
import { curlExample } from './curl-example.ts'
import type { Operation } from './openapi.ts'

const operation = (part: Partial<Operation>): Operation => ({
  method: 'get',
  path: '/v1/agents',
  anchor: '',
  responses: {},
  ...part,
})

describe('curlExample', () => {
  it('carries an API key', () => {
    expect(curlExample(operation({}), 'https://chat.example.com')).toBe(
      "curl 'https://chat.example.com/v1/agents' \\\n  -H 'Authorization: Bearer wgk_…'",
    )
  })

  it('fills in what is required and quotes it for a shell', () => {
    const schema = { type: 'object', required: ['name'], properties: { name: { enum: ["it's"] }, text: {} } }
    const example = curlExample(
      operation({ method: 'post', path: '/v1/x/{id}', requestBody: { content: { 'application/json': { schema } } } }),
      '',
    )
    expect(example).toContain(`-d '{"name":"it'\\''s"}'`)
    expect(example).toMatch(/^curl -X POST '\/v1\/x\/[0-9a-f-]{36}'/)
  })

  it('shows no key where none is needed and the cookie where only the console may ask', () => {
    expect(curlExample(operation({ path: '/v1/widget/config' }), '')).not.toContain('-H')
    expect(curlExample(operation({ path: '/v1/me' }), '')).toContain("-H 'Cookie: waggle_session=…'")
  })
})
