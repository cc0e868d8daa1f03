import type { SignInStore } from '@waggle/business'
import type { AgentStatus } from '@waggle/shared'
import { passwordMatches } from './passwords.ts'
import type { Client } from './prisma.ts'

const summary = { id: true, name: true, key: true } as const

export function createSignInStore(prisma: Client): SignInStore {
  return {
    verifyPassword: async (email, password) => {
      const user = await prisma.user.findUnique({ where: { email } })
      const matches = await passwordMatches(user?.passwordHash ?? null, password)
      return user && matches ? { userId: user.id } : null
    },

    merchantsOf: async (userId) => {
      const user = await prisma.user.findUnique({ where: { id: userId }, select: { platformAdmin: true } })
      if (user?.platformAdmin) return prisma.merchant.findMany({ select: summary, orderBy: { name: 'asc' } })
      const memberships = await prisma.membership.findMany({ where: { userId }, select: { merchantId: true } })
      const ids = memberships.map(({ merchantId }) => merchantId)
      return prisma.merchant.findMany({ where: { id: { in: ids } }, select: summary, orderBy: { name: 'asc' } })
    },

    createSession: async (tokenHash, userId, merchantId, expiresAt) => {
      await prisma.session.deleteMany({ where: { userId, expiresAt: { lt: new Date() } } })
      await prisma.session.create({ data: { tokenHash, userId, merchantId, expiresAt } })
    },

    session: async (tokenHash) => {
      const session = await prisma.session.findUnique({ where: { tokenHash, expiresAt: { gt: new Date() } } })
      if (!session) return null
      const { userId, merchantId } = session
      const [user, membership] = await Promise.all([
        prisma.user.findUnique({ where: { id: userId } }),
        prisma.membership.findUnique({ where: { merchantId_userId: { merchantId, userId } } }),
      ])
      // A membership that was taken away ends what its sessions may do at once.
      if (!user || (!membership && !user.platformAdmin)) return null
      return {
        userId,
        merchantId,
        name: user.name,
        email: user.email,
        role: user.platformAdmin ? 'platform-admin' : (membership?.role ?? 'agent'),
        status: (membership?.status ?? 'away') as AgentStatus,
        platformAdmin: user.platformAdmin,
      }
    },

    switchMerchant: async (tokenHash, merchantId) => {
      const { count } = await prisma.session.updateMany({ where: { tokenHash }, data: { merchantId } })
      return count > 0
    },

    endSession: async (tokenHash) => {
      await prisma.session.deleteMany({ where: { tokenHash } })
    },
  }
}
