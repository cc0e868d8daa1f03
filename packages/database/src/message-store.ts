import type { MessageStore, Viewer } from '@waggle/business'
import { WaggleError } from '@waggle/shared'
import type pg from 'pg'
import { type AudienceRow, audienceColumns, audienceOf, visibleTo } from './conversation-rows.ts'
import type { GroupCommit } from './group-commit.ts'
import { type MessageRow, messageColumns, messageFor, messageOf } from './message-rows.ts'
import { query } from './pool.ts'

export function createMessageStore(pool: pg.Pool, commits: GroupCommit): MessageStore {
  return {
    append: (draft) => commits.append(draft),

    findSent: async (merchantId, senderId, clientId) => {
      const { rows } = await query<MessageRow & AudienceRow>(
        pool,
        `SELECT ${messageColumns}, ${audienceColumns}
         FROM message m JOIN conversation c ON c.merchant_id = m.merchant_id AND c.id = m.conversation_id
         WHERE m.merchant_id = $1 AND m.sender_id = $2 AND m.client_id = $3
         ORDER BY m.created_at LIMIT 1`,
        [merchantId, senderId, clientId],
      )
      const row = rows[0]
      return row ? { message: messageOf(row), audience: audienceOf(row) } : null
    },

    page: async (viewer, conversationId, { before, after, limit }) => {
      await assertVisible(pool, viewer, conversationId)
      const forward = after !== undefined
      const [bound, order] = forward ? ['m.seq > $3', 'ASC'] : ['m.seq < $3', 'DESC']
      const { rows } = await query<MessageRow>(
        pool,
        `SELECT ${messageColumns} FROM message m
         WHERE m.merchant_id = $1 AND m.conversation_id = $2 AND ${bound}
         ORDER BY m.seq ${order} LIMIT $4`,
        [viewer.merchantId, conversationId, after ?? before ?? 2_147_483_647, limit + 1],
      )
      const items = rows.slice(0, limit).map((row) => messageFor(viewer, row))
      return { items: forward ? items : items.reverse(), hasMore: rows.length > limit }
    },
  }
}

async function assertVisible(pool: pg.Pool, viewer: Viewer, conversationId: string): Promise<void> {
  const text = `SELECT FROM conversation c WHERE ${visibleTo(viewer)} AND c.id = $3`
  const { rowCount } = await query(pool, text, [viewer.merchantId, viewer.id, conversationId])
  if (!rowCount) throw new WaggleError('not_found')
}
