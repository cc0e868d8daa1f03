import type { ConversationStore } from '@waggle/business'
import { WaggleError } from '@waggle/shared'
import type pg from 'pg'
import { assign, claim } from './assignments.ts'
import {
  type AudienceRow,
  audienceColumns,
  audienceOf,
  type ConversationRow,
  conversationFor,
  selectConversation,
  visibleTo,
} from './conversation-rows.ts'
import { recordEvent } from './event-feed.ts'
import { listConversations } from './list-conversations.ts'
import { assignWaiting, openConversation } from './open-conversation.ts'
import { query, transaction } from './pool.ts'
import { syncConversations } from './sync-conversations.ts'

export function createConversationStore(pool: pg.Pool): ConversationStore {
  return {
    find: async (viewer, conversationId) => {
      const text = `${selectConversation} WHERE ${visibleTo(viewer)} AND c.id = $3`
      const { rows } = await query<ConversationRow>(pool, text, [viewer.merchantId, viewer.id, conversationId])
      return rows[0] ? conversationFor(viewer, rows[0]) : null
    },

    audience: async (viewer, conversationId) => {
      const text = `SELECT ${audienceColumns} FROM conversation c WHERE ${visibleTo(viewer)} AND c.id = $3`
      const { rows } = await query<AudienceRow>(pool, text, [viewer.merchantId, viewer.id, conversationId])
      return rows[0] ? audienceOf(rows[0]) : null
    },

    watch: async (merchantId, conversationId, hours) => {
      // Not again with every look: a row that is written has to be flushed.
      await query(
        pool,
        `UPDATE conversation SET watched_until = now() + make_interval(hours => $3)
         WHERE merchant_id = $1 AND id = $2
           AND (watched_until IS NULL OR watched_until < now() + make_interval(hours => $3 / 2))`,
        [merchantId, conversationId, hours],
      )
    },

    list: (viewer, request) => listConversations(pool, viewer, request),
    open: (merchantId, travelerId, options) => openConversation(pool, merchantId, travelerId, options),
    assignWaiting: (merchantId, candidates) => assignWaiting(pool, merchantId, candidates),
    claim: (merchantId, conversationId, agentId) => claim(pool, merchantId, conversationId, agentId),
    assign: (merchantId, conversationId, agentId, reason) => assign(pool, merchantId, conversationId, agentId, reason),
    sync: (viewer, cursors) => syncConversations(pool, viewer, cursors),

    setStatus: (merchantId, conversationId, status) =>
      transaction(pool, async (client) => {
        const { rows } = await client.query<{ status: string; traveler_id: string }>(
          'SELECT status, traveler_id FROM conversation WHERE merchant_id = $1 AND id = $2 FOR UPDATE',
          [merchantId, conversationId],
        )
        const before = rows[0]
        if (!before) throw new WaggleError('not_found')
        if (before.status === status) return false
        await client.query(
          'UPDATE conversation SET status = $3, updated_at = now() WHERE merchant_id = $1 AND id = $2',
          [merchantId, conversationId, status],
        )
        await recordEvent(client, 'conversation.updated', merchantId, conversationId, before.traveler_id)
        return true
      }),
  }
}
