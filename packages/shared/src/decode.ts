import type { z } from 'zod'
import { WaggleError } from './errors.ts'

/**
 * Checks an untrusted value.
 * @throws WaggleError `invalid_input` naming the first wrong field by its dotted path.
 */
export function decode<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const path = issue?.path.map(String) ?? []
  // An unknown key has its name beside the path, not in it.
  if (issue?.code === 'unrecognized_keys') path.push(issue.keys[0] ?? '')
  const field = path.join('.')
  throw new WaggleError('invalid_input', `${field || 'payload'}: ${issue?.message ?? 'is wrong'}`, { field })
}
