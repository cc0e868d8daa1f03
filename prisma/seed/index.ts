import { createHash } from 'node:crypto'
import { createPool, hashPassword, transaction } from '@waggle/database'
import { DEMO_PASSWORD, demoAccounts, demoMerchants, uuidv7 } from '@waggle/shared'
import type pg from 'pg'
import { insert } from './insert.ts'
import { type DemoThread, threads } from './threads.ts'

export { demoAccounts as demoSignIns } from '@waggle/shared'

type MerchantName = keyof typeof demoMerchants

const looks: Record<MerchantName, { color: string; greeting: string }> = {
  lotus: { color: '#c2410c', greeting: '您好!想去哪里走走? Hello! Where would you like to go?' },
  harbor: { color: '#0f5c73', greeting: 'Welcome to Harbor Hotels. How can we help? 欢迎光临。' },
}

/**
 * Fills an empty, migrated database with the demo: two merchants, their people, and threads in Chinese
 * and English. One transaction: it is there whole or not at all.
 */
export async function seedDemo({
  url,
  onProgress = () => {},
}: {
  url: string
  onProgress?: (line: string) => void
}): Promise<void> {
  const pool = createPool({ url, size: 1, name: 'seed' })
  try {
    onProgress('two merchants with their agents and travelers')
    const passwordHash = await hashPassword(DEMO_PASSWORD)
    await transaction(pool, async (client) => {
      const merchants = await insertMerchants(client)
      const users = await insertPeople(client, merchants, passwordHash)
      for (const thread of threads) await insertThread(client, merchants[thread.merchant], users, thread)
    })
    onProgress(`${threads.length} conversations`)
  } finally {
    await pool.end()
  }
}

async function insertMerchants(client: pg.ClientBase): Promise<Record<MerchantName, string>> {
  const ids = {} as Record<MerchantName, string>
  for (const name of Object.keys(demoMerchants) as MerchantName[]) {
    const { key, name: title, identitySecret, apiKey } = demoMerchants[name]
    const id = uuidv7()
    ids[name] = id
    await insert(client, 'merchant', {
      id,
      key,
      name: title,
      ...looks[name],
      identity_secret: identitySecret,
      allowed_origins: [],
      demo: true,
    })
    await insert(client, 'api_key', {
      id: uuidv7(),
      merchant_id: id,
      name: 'Demo partner',
      key_hash: createHash('sha256').update(apiKey).digest('hex'),
      scopes: ['messages:write', 'conversations:read', 'conversations:write', 'events:read'],
    })
  }
  return ids
}

/** @returns user ids by e-mail address. */
async function insertPeople(
  client: pg.ClientBase,
  merchants: Record<MerchantName, string>,
  passwordHash: string,
): Promise<Map<string, string>> {
  const ids = new Map<string, string>()
  for (const { name, email, role } of demoAccounts) {
    const id = uuidv7()
    ids.set(email, id)
    await insert(client, 'user', {
      id,
      email,
      name,
      password_hash: passwordHash,
      platform_admin: role === 'platform-admin',
    })
    const merchant = (Object.keys(merchants) as MerchantName[]).find((key) => email.endsWith(`@${key}.demo`))
    if (merchant) {
      // Who only looks after word lists is not given travelers.
      const status = role === 'admin' ? 'away' : 'online'
      await insert(client, 'membership', { merchant_id: merchants[merchant], user_id: id, role, status })
    }
  }
  return ids
}

async function insertThread(
  client: pg.ClientBase,
  merchantId: string,
  users: Map<string, string>,
  thread: DemoThread,
): Promise<void> {
  const travelerId = uuidv7()
  const conversationId = uuidv7()
  const { name, locale, externalId = null } = thread.traveler
  await insert(client, 'traveler', { id: travelerId, merchant_id: merchantId, external_id: externalId, name, locale })
  const agent = demoAccounts.find(({ email }) => email === thread.agent)
  const agentId = thread.agent ? (users.get(thread.agent) ?? null) : null
  const first = Date.now() - thread.minutesAgo * 60_000
  const times = thread.messages.map((_, index) => new Date(first + index * 95_000))
  await insert(client, 'conversation', {
    merchant_id: merchantId,
    id: conversationId,
    traveler_id: travelerId,
    status: thread.status ?? 'open',
    assignee_id: agentId,
    assignment_reason: agentId && 'online with the fewest open conversations (0)',
    last_seq: thread.messages.length,
    last_message_at: times.at(-1) ?? new Date(first),
    subject: thread.subject ?? null,
    created_at: new Date(first),
    updated_at: times.at(-1) ?? new Date(first),
  })
  for (const [index, { from, kind = 'text', body }] of thread.messages.entries()) {
    const traveler = from === 'traveler'
    await insert(client, 'message', {
      merchant_id: merchantId,
      conversation_id: conversationId,
      seq: index + 1,
      id: uuidv7(),
      client_id: uuidv7(),
      sender_kind: from,
      sender_id: traveler ? travelerId : agentId,
      sender_name: traveler ? name : agent?.name,
      kind,
      body,
      created_at: times[index],
    })
  }
  const mark = async (participantId: string, kind: string, read: number) =>
    insert(client, 'participant_state', {
      merchant_id: merchantId,
      conversation_id: conversationId,
      participant_id: participantId,
      kind,
      delivered_seq: thread.messages.length,
      read_seq: read,
    })
  await mark(travelerId, 'traveler', thread.messages.length)
  if (agentId) await mark(agentId, 'agent', thread.messages.length - (thread.unread ?? 0))
}
