import { type Operation, type Schema, schemaIn } from './openapi.ts'

const UUID = '019bb3a0-7c1e-7d2b-9a54-0f3c5e8d1a20'

/** Values that say what a field is for; whatever has no entry gets one of its type. */
const samples: Record<string, string> = {
  text: 'Is breakfast included?',
  merchantKey: 'wgm_demo_lotus',
  merchant: 'wgm_demo_lotus',
  locale: 'zh-CN',
  email: 'lin@lotus.demo',
  password: 'waggle-demo',
  externalId: 'customer-1001',
}

/** Operations that are asked with the console's cookie, because no API key may use them. */
const isConsoleOnly = (path: string) => path.startsWith('/v1/auth/') || path === '/v1/me'
/** Asked before there is anything to prove who one is. */
const isOpen = (path: string) => path.startsWith('/v1/widget/') || path === '/v1/auth/login'

/**
 * A command that a reader can paste into a shell.
 * @param origin where the API is reached, such as `https://chat.example.com`.
 */
export function curlExample(operation: Operation, origin: string): string {
  const { method, path } = operation
  const lines = [`curl ${quote(`${origin}${path.replace(/\{(\w+)\}/g, () => UUID)}${queryOf(operation)}`)}`]
  if (method !== 'get') lines[0] = (lines[0] ?? '').replace('curl ', `curl -X ${method.toUpperCase()} `)
  if (isConsoleOnly(path) && !isOpen(path)) lines.push(`-H ${quote('Cookie: waggle_session=…')}`)
  else if (!isOpen(path)) lines.push(`-H ${quote('Authorization: Bearer wgk_…')}`)
  const schema = schemaIn(operation.requestBody?.content)
  if (schema) {
    lines.push(`-H ${quote('Content-Type: application/json')}`, `-d ${quote(JSON.stringify(sampleOf(schema, path)))}`)
  } else if (path === '/v1/attachments') {
    lines.push(`-F ${quote('file=@itinerary.pdf')}`)
  }
  return lines.join(' \\\n  ')
}

/** Only what has to be there. */
function queryOf({ parameters = [] }: Operation): string {
  const needed = parameters.filter((parameter) => parameter.in === 'query' && parameter.required)
  const query = new URLSearchParams(needed.map(({ name }) => [name, samples[name] ?? 'value']))
  return needed.length === 0 ? '' : `?${query}`
}

function sampleOf(schema: Schema, path: string): unknown {
  const form = schema.oneOf?.[0] ?? schema.anyOf?.[0] ?? schema
  const value = sample('', form)
  // Who an API key speaks for and in which thread is optional in the schema, yet one of them is always needed.
  return path === '/v1/messages'
    ? { clientId: UUID, from: { traveler: { externalId: samples.externalId } }, ...(value as object) }
    : value
}

function sample(name: string, schema: Schema): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  if (schema.properties) {
    const entries = Object.entries(schema.properties)
    // A patch has no required field, and an empty one shows nothing.
    const needed = entries.filter(([field]) => schema.required?.includes(field))
    const shown = needed.length > 0 ? needed : entries.slice(0, 1)
    return Object.fromEntries(shown.map(([field, inner]) => [field, sample(field, inner)]))
  }
  if (schema.items) return [sample(name, schema.items)]
  if (schema.type === 'integer' || schema.type === 'number') return schema.minimum ?? 1
  if (schema.type === 'boolean') return true
  return samples[name] ?? (schema.format === 'uuid' ? UUID : name)
}

/** For a POSIX shell. */
const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
