import { describe, expect, it } from 'vitest'
import { fieldsOf, typeOf, variantsOf } from './schema-fields.ts'

describe('fieldsOf', () => {
  it('names nested fields and those of lists by their path', () => {
    const fields = fieldsOf({
      type: 'object',
      required: ['body'],
      properties: {
        body: {
          type: 'object',
          required: ['title'],
          properties: {
            title: { type: 'string', maxLength: 200 },
            fields: { type: 'array', items: { type: 'object', properties: { label: { type: 'string' } } } },
          },
        },
      },
    })
    expect(fields.map(({ path, required }) => [path, required])).toEqual([
      ['body', true],
      ['body.title', true],
      ['body.fields', false],
      ['body.fields[].label', false],
    ])
  })

  it('calls a field of alternatives required only when all of them need it', () => {
    const form = (name: string) => ({ type: 'object', required: [name], properties: { [name]: { type: 'string' } } })
    const fields = fieldsOf({ type: 'object', properties: { traveler: { anyOf: [form('id'), form('externalId')] } } })
    expect(fields.map(({ path, required }) => [path, required])).toEqual([
      ['traveler', false],
      ['traveler.id', false],
      ['traveler.externalId', false],
    ])
  })

  it('looks through null', () => {
    const assignee = { anyOf: [{ type: 'object', properties: { name: { type: 'string' } } }, { type: 'null' }] }
    expect(fieldsOf({ type: 'object', properties: { assignee } })).toMatchObject([
      { path: 'assignee', type: 'object | null' },
      { path: 'assignee.name', type: 'string' },
    ])
  })
})

describe('typeOf', () => {
  it.each([
    [{ type: 'string', format: 'uuid' }, 'string (uuid)'],
    [{ type: 'integer', minimum: 1, maximum: 100 }, 'integer 1–100'],
    [{ type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER }, 'integer'],
    [{ type: 'string', enum: ['block', 'mask'] }, '"block" | "mask"'],
    [{ type: 'array', items: { type: 'string' } }, 'string[]'],
  ])('%j', (schema, words) => {
    expect(typeOf(schema)).toBe(words)
  })
})

describe('variantsOf', () => {
  it('names alternatives by the field that tells them apart', () => {
    const form = (kind: string) => ({ type: 'object', properties: { id: { type: 'string' }, kind: { enum: [kind] } } })
    expect(variantsOf({ oneOf: [form('text'), form('note')] })?.map(({ name }) => name)).toEqual([
      'kind: text',
      'kind: note',
    ])
  })

  it('does not take null for an alternative', () => {
    expect(variantsOf({ anyOf: [{ type: 'string' }, { type: 'null' }] })).toBeNull()
  })
})
