import type { MessageDraft, Viewer } from '@waggle/business'
import { type Actor, uuidv7 } from '@waggle/shared'
import { createTestDatabase } from '../../../../tests/_util/databases.ts'
import { createAgent, createMerchant, createTraveler } from '../../../../tests/_util/fixtures.ts'
import { createDatabase, type Database } from '../index.ts'

/** A database of its own for a test file, with two nodes on it. */
export async function createStores() {
  const url = await createTestDatabase()
  const database = createDatabase({ url, poolSize: 5 })
  const other = createDatabase({ url, poolSize: 5 })
  return { url, database, other, close: () => Promise.all([database.close(), other.close()]) }
}

/** A merchant with an agent, and a traveler whose thread the agent has. */
export async function createScene(url: string, database: Database) {
  const merchant = await createMerchant(url)
  const traveler = await createTraveler(url, merchant.id)
  const agent = await createAgent(url, merchant.id)
  const { conversations } = database.stores
  const { conversationId } = await conversations.open(merchant.id, traveler.id, { candidates: [agent.id] })
  return { merchant, traveler, agent, conversationId }
}

export function draft(sender: Actor, conversationId: string, text: string, clientId = uuidv7()): MessageDraft {
  const { merchantId, kind, id, name } = sender
  return { merchantId, conversationId, clientId, sender: { kind, id, name }, kind: 'text', body: { text } }
}

export const viewer = ({ merchantId, kind, id }: Actor): Viewer => ({ merchantId, kind, id })
