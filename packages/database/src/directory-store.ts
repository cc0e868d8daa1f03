import type { DirectoryStore, MerchantRow, TravelerRow } from '@waggle/business'
import { type AgentStatus, uuidv7 } from '@waggle/shared'
import { avatarHue } from './avatar-hue.ts'
import type { Merchant, Traveler } from './generated/client.ts'
import type { Client } from './prisma.ts'

export function createDirectoryStore(prisma: Client): DirectoryStore {
  return {
    merchantByKey: async (key) => merchantRow(await prisma.merchant.findUnique({ where: { key } })),
    merchant: async (merchantId) => merchantRow(await prisma.merchant.findUnique({ where: { id: merchantId } })),

    createTraveler: async (merchantId, traveler) =>
      travelerRow(await prisma.traveler.create({ data: { id: uuidv7(), merchantId, ...traveler } })),

    upsertTraveler: async (merchantId, externalId, { name, locale }) => {
      const changes = { ...(name === undefined ? {} : { name }), ...(locale === undefined ? {} : { locale }) }
      const traveler = await prisma.traveler.upsert({
        where: { merchantId_externalId: { merchantId, externalId } },
        create: { id: uuidv7(), merchantId, externalId, name: name ?? externalId, locale: locale ?? 'en' },
        update: changes,
      })
      return travelerRow(traveler)
    },

    traveler: async (merchantId, travelerId) => {
      const traveler = await prisma.traveler.findUnique({ where: { id: travelerId, merchantId } })
      return traveler && travelerRow(traveler)
    },

    agents: async (merchantId) => {
      const memberships = await prisma.membership.findMany({ where: { merchantId } })
      const ids = memberships.map(({ userId }) => userId)
      const [users, loads] = await Promise.all([
        prisma.user.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } }),
        prisma.conversation.groupBy({
          by: ['assigneeId'],
          where: { merchantId, assigneeId: { in: ids }, status: { in: ['open', 'pending'] } },
          _count: true,
        }),
      ])
      const names = new Map(users.map(({ id, name }) => [id, name]))
      const load = new Map(loads.map(({ assigneeId, _count }) => [assigneeId, _count]))
      return memberships
        .map(({ userId, role, status }) => ({
          id: userId,
          name: names.get(userId) ?? '',
          role,
          status: status as AgentStatus,
          openConversations: load.get(userId) ?? 0,
        }))
        .sort((a, b) => a.name.localeCompare(b.name))
    },

    membership: async (merchantId, userId) => {
      const membership = await prisma.membership.findUnique({ where: { merchantId_userId: { merchantId, userId } } })
      const user = membership && (await prisma.user.findUnique({ where: { id: userId }, select: { name: true } }))
      if (!membership || !user) return null
      return { role: membership.role, status: membership.status as AgentStatus, name: user.name }
    },

    setAgentStatus: async (merchantId, userId, status) => {
      await prisma.membership.updateMany({ where: { merchantId, userId }, data: { status } })
    },

    apiKey: async (keyHash) => {
      const key = await prisma.apiKey.findUnique({ where: { keyHash, revokedAt: null } })
      return key && { id: key.id, merchantId: key.merchantId, name: key.name, scopes: key.scopes }
    },
  }
}

function merchantRow(merchant: Merchant | null): MerchantRow | null {
  if (!merchant) return null
  const { id, key, name, color, greeting, identitySecret, allowedOrigins, demo } = merchant
  return { id, key, name, color, greeting, identitySecret, allowedOrigins, demo }
}

function travelerRow({ id, merchantId, name, locale, externalId }: Traveler): TravelerRow {
  return { id, merchantId, name, locale, avatarHue: avatarHue(id), ...(externalId === null ? {} : { externalId }) }
}
