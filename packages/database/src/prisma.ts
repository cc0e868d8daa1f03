import { PrismaPg } from '@prisma/adapter-pg'
import { WaggleError } from '@waggle/shared'
import type pg from 'pg'
import { Prisma, PrismaClient } from './generated/client.ts'
import { isAway } from './pool.ts'

/** https://www.prisma.io/docs/orm/reference/error-reference: server not reachable, timed out, closed, no free connection. */
const awayCodes = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028'])

/** The typed client on a pool that it shares with our own statements. */
export type Client = ReturnType<typeof createPrisma>

/** Transactions are kept as short as our own statements. Milliseconds. */
const transactionOptions = { maxWait: 2_000, timeout: 3_000 }

/** @throws from each query: WaggleError `unavailable` when the database is away, Prisma's error otherwise. */
export function createPrisma(pool: pg.Pool) {
  const client = new PrismaClient({
    adapter: new PrismaPg(pool, { disposeExternalPool: false }),
    errorFormat: 'minimal',
    transactionOptions,
  })
  return client.$extends({
    query: {
      $allOperations: async ({ args, query }) => {
        try {
          return await query(args)
        } catch (error) {
          throw translatePrisma(error)
        }
      },
    },
  })
}

/** Also for what `$transaction` itself rejects with. */
export function translatePrisma(error: unknown): unknown {
  const code = error instanceof Prisma.PrismaClientKnownRequestError ? error.code : undefined
  const away = (code !== undefined && awayCodes.has(code)) || isAway(causeOf(error))
  return away ? new WaggleError('unavailable', undefined, { cause: error }) : error
}

/** The driver's own error, which Prisma wraps. */
function causeOf(error: unknown): unknown {
  const cause = error instanceof Error ? error.cause : undefined
  return cause instanceof Error ? cause : error
}

/** Whether a unique index refused a row. */
export function isDuplicate(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002'
}

/** Whether a row to change or to delete was not there. */
export function isMissing(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2025'
}
