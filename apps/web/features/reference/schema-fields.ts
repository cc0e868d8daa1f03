import type { Schema } from './openapi.ts'

export interface SchemaField {
  /** `body.fields[].label` */
  path: string
  type: string
  required: boolean
  description: string | undefined
}

/** The alternatives of a schema by what tells them apart: `kind: text`. Null when there is only one form. */
export function variantsOf(schema: Schema): { name: string; schema: Schema }[] | null {
  const forms = schema.oneOf ?? schema.anyOf
  if (!forms || isNullable(schema)) return null
  return forms.map((form, index) => ({ name: discriminatorOf(form) ?? String(index + 1), schema: form }))
}

/** Every field of an object, nested ones behind the one that holds them. */
export function fieldsOf(schema: Schema, prefix = ''): SchemaField[] {
  const bare = withoutNull(schema)
  if (bare.items && prefix === '') return fieldsOf(bare.items, '[]')
  const fields: SchemaField[] = []
  for (const [name, field] of Object.entries(bare.properties ?? {})) {
    const path = prefix === '' ? name : `${prefix}.${name}`
    const required = bare.required?.includes(name) ?? false
    fields.push({ path, type: typeOf(field), required, description: field.description })
    const inner = withoutNull(field)
    if (inner.items) fields.push(...nested(inner.items, `${path}[]`))
    else fields.push(...nested(inner, path))
  }
  return fields
}

/** One form is shown where it stands; of several only those fields that are not the same in all. */
function nested(schema: Schema, path: string): SchemaField[] {
  const forms = isNullable(schema) ? null : (schema.oneOf ?? schema.anyOf)
  if (!forms) return fieldsOf(schema, path)
  const seen = new Map<string, SchemaField>()
  for (const form of forms) {
    for (const field of fieldsOf(form, path)) if (!seen.has(field.path)) seen.set(field.path, field)
  }
  const inAll = (field: SchemaField) =>
    forms.every((form) => fieldsOf(form, path).some((other) => other.path === field.path && other.required))
  return [...seen.values()].map((field) => ({ ...field, required: field.required && inAll(field) }))
}

/** A type in a few words: `string (uuid)`, `integer 1–100`, `"online" | "busy"`. */
export function typeOf(schema: Schema): string {
  const bare = withoutNull(schema)
  const suffix = bare === schema && !isNullable(schema) ? '' : ' | null'
  return `${plainType(bare)}${suffix}`
}

function plainType(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if (schema.items) return `${plainType(withoutNull(schema.items))}[]`
  const type = typeof schema.type === 'string' ? schema.type : 'object'
  const { format, maxLength, minimum, maximum } = schema
  if (format) return `${type} (${format})`
  if (maxLength !== undefined) return `${type} ≤ ${maxLength}`
  // The whole range of integers is what a schema says when it says nothing.
  const isBounded = (bound: number | undefined) => bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER
  if (isBounded(minimum) && isBounded(maximum)) return `${type} ${minimum}–${maximum}`
  return type
}

/** Zod writes `T | null` as two alternatives. */
function withoutNull(schema: Schema): Schema {
  if (!isNullable(schema)) return schema
  const forms = (schema.anyOf ?? schema.oneOf ?? []).filter(({ type }) => type !== 'null')
  return { ...(forms[0] ?? {}), ...(schema.description === undefined ? {} : { description: schema.description }) }
}

function isNullable({ anyOf, oneOf }: Schema): boolean {
  const forms = anyOf ?? oneOf
  return forms?.length === 2 && forms.some(({ type }) => type === 'null')
}

function discriminatorOf({ properties }: Schema): string | undefined {
  for (const [name, { enum: values, const: value }] of Object.entries(properties ?? {})) {
    if (value !== undefined) return `${name}: ${value}`
    if (values?.length === 1) return `${name}: ${values[0]}`
  }
  return undefined
}
