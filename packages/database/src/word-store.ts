import type { WordRow, WordStore } from '@waggle/business'
import { uuidv7, WaggleError } from '@waggle/shared'
import type { Word } from './generated/client.ts'
import { type Client, isDuplicate, isMissing, translatePrisma } from './prisma.ts'

export function createWordStore(prisma: Client): WordStore {
  type Transaction = Parameters<Parameters<Client['$transaction']>[0]>[0]

  /** The change, the new version that nodes look for, and who did it: all or nothing. */
  const change = async <T>(
    merchantId: string,
    actorId: string,
    audit: { action: string; target: string; detail?: object },
    work: (transaction: Transaction) => Promise<T>,
  ): Promise<T> => {
    try {
      return await prisma.$transaction(async (transaction) => {
        // First, so that changes of one list follow one another and versions rise in the order of commit.
        await transaction.merchant.update({ where: { id: merchantId }, data: { wordsVersion: { increment: 1 } } })
        const result = await work(transaction)
        await transaction.auditLog.create({ data: { id: uuidv7(), merchantId, actorId, ...audit } })
        return result
      })
    } catch (error) {
      if (isMissing(error)) throw new WaggleError('not_found')
      if (isDuplicate(error)) throw new WaggleError('conflict', 'text: is in the list already', { field: 'text' })
      throw translatePrisma(error)
    }
  }

  return {
    versions: async () => {
      const merchants = await prisma.merchant.findMany({ select: { id: true, wordsVersion: true } })
      return new Map(merchants.map(({ id, wordsVersion }) => [id, wordsVersion]))
    },

    load: async (merchantId) => {
      // The version first: a change between the two reads makes the list newer than it says, which is loaded again.
      const merchant = await prisma.merchant.findUnique({ where: { id: merchantId }, select: { wordsVersion: true } })
      const words = await prisma.word.findMany({ where: { merchantId }, orderBy: { id: 'desc' } })
      return { words: words.map(wordRow), version: merchant?.wordsVersion ?? 0 }
    },

    add: (merchantId, actorId, word) =>
      change(merchantId, actorId, { action: 'word.add', target: word.text, detail: word }, async (transaction) =>
        wordRow(await transaction.word.create({ data: { id: uuidv7(), merchantId, ...word } })),
      ),

    change: (merchantId, actorId, wordId, patch) =>
      change(merchantId, actorId, { action: 'word.change', target: wordId, detail: patch }, async (transaction) =>
        wordRow(await transaction.word.update({ where: { id: wordId, merchantId }, data: patch })),
      ),

    remove: (merchantId, actorId, wordId) =>
      change(merchantId, actorId, { action: 'word.remove', target: wordId }, async (transaction) => {
        await transaction.word.delete({ where: { id: wordId, merchantId } })
      }),

    recordHit: async (hit) => {
      await prisma.moderationHit.create({ data: { id: uuidv7(), ...hit } })
    },
  }
}

function wordRow(word: Word): WordRow {
  return {
    ...word,
    action: word.action as WordRow['action'],
    direction: word.direction as WordRow['direction'],
    createdAt: word.createdAt.toISOString(),
  }
}
