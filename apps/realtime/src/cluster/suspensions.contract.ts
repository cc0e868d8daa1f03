import { describe, expect, test } from 'vitest'
import type { Suspensions } from './suspensions.ts'

const RULE = { limit: 3, windowMs: 10_000, firstMs: 5_000, capMs: 60_000 }

/** What every store of suspensions promises. @param create one on the clock it is given. */
export function suspensionsContract(name: string, create: (now: () => number) => Suspensions): void {
  const setup = () => {
    let now = 1_000_000
    const suspensions = create(() => now)
    const hit = (key = 'uid:a') => suspensions.hit(key, RULE)
    const hits = async (count: number, key?: string) => {
      const waits = []
      for (let i = 0; i < count; i++) waits.push(await hit(key))
      return waits
    }
    return { suspensions, hit, hits, pass: (ms: number) => (now += ms) }
  }

  describe(`[BLK1] suspensions: ${name}`, () => {
    test('up to the limit of a window everything passes, window after window', async () => {
      const { hits, pass } = setup()
      for (let i = 0; i < 3; i++) {
        expect(await hits(3)).toEqual([0, 0, 0])
        pass(10_000)
      }
    })

    test('one more suspends; trying meanwhile makes it longer, up to the cap', async () => {
      const { hits, hit, pass } = setup()
      expect(await hits(4)).toEqual([0, 0, 0, 5_000])
      pass(4_999)
      expect(await hit()).toBe(10_000)
      expect(await hits(6)).toEqual([20_000, 40_000, 60_000, 60_000, 60_000, 60_000])
    })

    test('who waits may try again; the next time is longer', async () => {
      const { hits, pass } = setup()
      await hits(4)
      pass(5_000)
      expect(await hits(4)).toEqual([0, 0, 0, 10_000])
    })

    test('a key that was lifted begins anew', async () => {
      const { hits, suspensions } = setup()
      await hits(4)
      await suspensions.lift('uid:a')
      expect(await hits(4)).toEqual([0, 0, 0, 5_000])
    })

    test('one key never affects another', async () => {
      const { hits, hit } = setup()
      await hits(10, 'ip:1.2.3.4')
      expect(await hit('uid:b')).toBe(0)
      expect(await hit('ip:1.2.3.5')).toBe(0)
    })

    test('tries at the same time are all counted', async () => {
      const { hit } = setup()
      const waits = await Promise.all(Array.from({ length: 10 }, () => hit()))
      expect(waits.filter((wait) => wait === 0)).toHaveLength(3)
    })
  })
}
