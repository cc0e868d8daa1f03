import type { AttachmentRow, AttachmentStore } from '@waggle/business'
import type { Client } from './prisma.ts'

const withoutBytes = {
  id: true,
  merchantId: true,
  uploaderId: true,
  conversationId: true,
  name: true,
  mime: true,
  size: true,
  width: true,
  height: true,
} as const

export function createAttachmentStore(prisma: Client): AttachmentStore {
  return {
    save: async ({ bytes, width, height, ...attachment }) => {
      const data = { ...attachment, width: width ?? null, height: height ?? null, bytes: Uint8Array.from(bytes) }
      await prisma.attachment.create({ data, select: { id: true } })
    },

    find: async (merchantId, attachmentId) => {
      const row = await prisma.attachment.findUnique({ where: { id: attachmentId, merchantId }, select: withoutBytes })
      if (!row) return null
      const { width, height, ...rest } = row
      const pixels = width === null || height === null ? {} : { width, height }
      return { ...rest, ...pixels } satisfies AttachmentRow
    },

    bytes: async (merchantId, attachmentId) => {
      const where = { id: attachmentId, merchantId }
      const row = await prisma.attachment.findUnique({ where, select: { bytes: true } })
      return row?.bytes ?? null
    },

    attach: async (merchantId, attachmentId, uploaderId, conversationId) => {
      // A retried send attaches again; a file that hangs in another conversation stays there.
      const { count } = await prisma.attachment.updateMany({
        where: { id: attachmentId, merchantId, uploaderId, OR: [{ conversationId: null }, { conversationId }] },
        data: { conversationId },
      })
      return count > 0
    },
  }
}
