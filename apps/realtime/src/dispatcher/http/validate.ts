import { decode } from '@waggle/shared'
import type { FastifySchemaCompiler } from 'fastify'
import type { z } from 'zod'

/** Checks bodies, queries and parameters with the same words that a socket's payload is checked with. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> = ({ schema, httpPart }) => {
  return (value) => {
    try {
      return { value: decode(schema, httpPart === 'body' ? (value ?? {}) : value) }
    } catch (error) {
      return { error: error as Error }
    }
  }
}

/** Answers are ours and typed; checking them again at run time would cost more than making them. */
export const serializerCompiler = () => (value: unknown) => JSON.stringify(value)
