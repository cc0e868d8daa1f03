import type { Stores } from '@waggle/business'
import { createAttachmentStore } from './attachment-store.ts'
import { createConversationStore } from './conversation-store.ts'
import { createDirectoryStore } from './directory-store.ts'
import { createEventFeed } from './event-feed.ts'
import { GroupCommit } from './group-commit.ts'
import { createMessageStore } from './message-store.ts'
import { createPool, query } from './pool.ts'
import { createPrisma } from './prisma.ts'
import { createReceiptStore } from './receipt-store.ts'
import { createSignInStore } from './sign-in-store.ts'
import { createWordStore } from './word-store.ts'

/**
 * Flushes under way at once. While one waits for the disk the other is planned; more would only
 * make the batches smaller.
 */
const LANES = 1

/**
 * The append statement joins a handful of rows with indexed tables. Without statistics of a table
 * that has just grown, the planner would rather read all of it.
 */
const INDEXES_ONLY =
  '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off'

export interface Database {
  stores: Stores
  /** Rejects with WaggleError `unavailable` when the database does not answer. */
  ping(): Promise<void>
  /** Writes what is pending, then lets go of the connections. */
  close(): Promise<void>
}

/** @param poolSize connections besides those of the append lanes. */
export function createDatabase({ url, poolSize }: { url: string; poolSize: number }): Database {
  const pool = createPool({ url, size: poolSize, name: 'stores' })
  const appendPool = createPool({ url, size: LANES, name: 'append', parameters: INDEXES_ONLY })
  const prisma = createPrisma(pool)
  const commits = new GroupCommit(appendPool, LANES)
  return {
    stores: {
      messages: createMessageStore(pool, commits),
      conversations: createConversationStore(pool),
      receipts: createReceiptStore(pool),
      events: createEventFeed(pool),
      words: createWordStore(prisma),
      directory: createDirectoryStore(prisma),
      signIn: createSignInStore(prisma),
      attachments: createAttachmentStore(prisma),
    },
    ping: async () => {
      await query(pool, 'SELECT 1', [])
    },
    close: async () => {
      await commits.drain()
      await prisma.$disconnect()
      await Promise.all([pool.end(), appendPool.end()])
    },
  }
}
