import { compile, type Matcher } from '@waggle/moderation'
import type { WordStore } from './ports.ts'

/** Often enough that a changed list is in force in under 1 s with a poll that just missed it. [MOD1] */
const POLL_MS = 400

interface Entry {
  version: number
  matcher: Matcher
}

export interface WordLists {
  /** The list in force; loads it on first use. */
  matcher(merchantId: string): Promise<Matcher>
  /** Loads anew at once: for the node on which the list was changed. */
  refresh(merchantId: string): Promise<void>
  close(): void
}

/**
 * Compiled word lists of the merchants that this node has served. One small query per poll tells
 * which changed; a new list is compiled beside the old one and swapped in whole.
 * @param onError a failed poll; the lists in force stay in force.
 */
export function createWordLists(
  store: Pick<WordStore, 'versions' | 'load'>,
  onError: (error: unknown) => void,
): WordLists {
  const entries = new Map<string, Promise<Entry>>()

  const load = async (merchantId: string): Promise<Entry> => {
    const { words, version } = await store.load(merchantId)
    return { version, matcher: compile(words) }
  }

  const entry = (merchantId: string): Promise<Entry> => {
    const known = entries.get(merchantId)
    if (known) return known
    const loading = load(merchantId)
    entries.set(merchantId, loading)
    loading.catch(() => entries.delete(merchantId))
    return loading
  }

  const refresh = async (merchantId: string) => {
    const fresh = await load(merchantId)
    const current = await entries.get(merchantId)?.catch(() => undefined)
    // Two loads can overtake each other; the newer list wins.
    if (!current || fresh.version >= current.version) entries.set(merchantId, Promise.resolve(fresh))
  }

  const poll = async () => {
    const versions = await store.versions()
    for (const [merchantId, known] of entries) {
      const { version } = await known.catch(() => ({ version: -1 }))
      const latest = versions.get(merchantId)
      if (latest !== undefined && latest > version) await refresh(merchantId)
    }
  }

  let closed = false
  let timer: NodeJS.Timeout
  const schedule = () => {
    if (closed) return
    timer = setTimeout(() => {
      const polled = entries.size === 0 ? Promise.resolve() : poll()
      polled.catch(onError).finally(schedule)
    }, POLL_MS)
  }
  schedule()

  return {
    matcher: async (merchantId) => (await entry(merchantId)).matcher,
    refresh,
    close: () => {
      closed = true
      clearTimeout(timer)
    },
  }
}
