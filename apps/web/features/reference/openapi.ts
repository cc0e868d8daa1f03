/** As much of OpenAPI 3.1 as our own description uses. */
export interface ApiDescription {
  info: { title: string; version: string; description?: string }
  paths: Record<string, Partial<Record<Method, OperationObject>>>
}
export interface OperationObject {
  summary?: string
  description?: string
  tags?: string[]
  parameters?: Parameter[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, { description?: string; content?: Record<string, { schema: Schema }> }>
}
export interface Parameter {
  in: 'path' | 'query' | 'header'
  name: string
  required?: boolean
  description?: string
  schema: Schema
}
export interface Schema {
  type?: string | string[]
  format?: string
  description?: string
  enum?: (string | number)[]
  const?: string | number
  default?: string | number | boolean
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  oneOf?: Schema[]
  anyOf?: Schema[]
  additionalProperties?: boolean | Schema
  minimum?: number
  maximum?: number
  maxLength?: number
  maxItems?: number
}

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const
export type Method = (typeof methods)[number]

export interface Operation extends OperationObject {
  method: Method
  path: string
  /** Stable, for links: `post-v1-messages`. */
  anchor: string
}

/** Every operation under its first tag, both in the order of the description. */
export function operationsByTag({ paths }: ApiDescription): [tag: string, operations: Operation[]][] {
  const groups = new Map<string, Operation[]>()
  for (const [path, item] of Object.entries(paths)) {
    for (const method of methods) {
      const operation = item[method]
      if (!operation) continue
      const tag = operation.tags?.[0] ?? ''
      const anchor = `${method}${path.replace(/[{}]/g, '').replaceAll('/', '-')}`
      groups.set(tag, [...(groups.get(tag) ?? []), { ...operation, method, path, anchor }])
    }
  }
  return [...groups]
}

/** The schema of a body, whatever media type it stands under. */
export const schemaIn = (content: Record<string, { schema: Schema }> | undefined): Schema | undefined =>
  Object.values(content ?? {})[0]?.schema
