import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createWaggleClient } from './client.ts'
import { type Fault, LossyServer } from './testing/lossy-server.ts'

/** Fixed, so that a run is the same everywhere; a failure prints its seed and the shortest way to it. */
const SEEDS = [1, 22, 20_261_124]
const RUNS = 300
/** Longer than every wait of the client. */
const SETTLED_MS = 60_000

/** Watched from its first message; joined half way. */
const WATCHED = 'watched'
const JOINED = 'joined'
const THREADS = [WATCHED, JOINED]

type Step =
  | { do: 'send' | 'open' | 'older' | 'track'; in: string }
  | { do: 'say'; in: string; times: number }
  | { do: 'fault'; to: keyof LossyServer['faults']; fault: Fault }
  | { do: 'online' | 'offline' }
  | { do: 'wait'; ms: number }

const thread = fc.constantFrom(...THREADS)
const late = fc.constantFrom(3, 12, 45, 400, 9_000)
const fault = (to: keyof LossyServer['faults'], ...kinds: Fault['kind'][]) =>
  fc.record({
    do: fc.constant('fault' as const),
    to: fc.constant(to),
    fault: fc.record({ kind: fc.constantFrom(...kinds), ms: late }),
  })
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('send' as const), in: thread }) },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('say' as const), in: thread, times: fc.constantFrom(1, 2, 3, 10) }),
  },
  { weight: 4, arbitrary: fault('push', 'lost', 'doubled', 'late') },
  { weight: 4, arbitrary: fault('request', 'lost', 'answer lost', 'late', 'late answer', 'refused') },
  { weight: 2, arbitrary: fault('page', 'lost', 'late') },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom('open' as const, 'older' as const, 'track' as const), in: thread }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('online' as const, 'offline' as const) }) },
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(0, 4, 6, 20, 50, 500, 9_000) }),
  },
)

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** Timer by timer, each with what follows from it: `advanceTimersByTimeAsync` sleeps a real millisecond per timer. */
async function pass(ms: number): Promise<void> {
  let over = false
  setTimeout(() => {
    over = true
  }, ms)
  await settle()
  while (!over) {
    vi.advanceTimersToNextTimer()
    await settle()
  }
}

async function settle(): Promise<void> {
  for (let i = 0; i < 16; i++) await Promise.resolve()
}

/** A client, its server, and all that was sent and told; `play` takes a step and checks what must always hold. */
function world(before: number) {
  const server = new LossyServer()
  for (let i = 0; i < before; i++) server.say(JOINED)
  const self = { kind: 'agent' as const, id: 'me', name: 'Me' }
  const options = { url: '', getToken: async () => '', platform: 'web' as const, random: () => 0.5 }
  const client = createWaggleClient({ ...options, self, transport: server, history: server.history })
  const sends: { in: string; clientId: string; acceptedAs: number | null }[] = []
  const told: Record<string, number[]> = { [WATCHED]: [], [JOINED]: [] }
  client.on('message', ({ message }) => told[message.conversationId]?.push(message.seq))
  client.track(WATCHED, 0)

  const stored = (id: string) => server.thread(id).map(({ seq, clientId }) => ({ seq, clientId }))
  const shown = (id: string) => {
    const { messages } = client.conversation(id).getSnapshot()
    return messages.map(({ seq, clientId }) => ({ seq, clientId }))
  }

  const send = (id: string) => {
    const { clientId, done } = client.send({ conversationId: id, kind: 'text', body: { text: `${sends.length}` } })
    const sent: (typeof sends)[number] = { in: id, clientId, acceptedAs: null }
    sends.push(sent)
    void done.then(({ seq }) => {
      sent.acceptedAs = seq
    })
  }

  const opened = new Set<string>()
  const open = (id: string) => {
    opened.add(id)
    void client.conversation(id).open()
  }

  const take = async (next: Step) => {
    if (next.do === 'send') send(next.in)
    else if (next.do === 'open') open(next.in)
    else if (next.do === 'older') void client.conversation(next.in).loadOlder()
    else if (next.do === 'track') client.track(next.in, server.thread(next.in).length)
    else if (next.do === 'say') for (let i = 0; i < next.times; i++) server.say(next.in)
    else if (next.do === 'fault') server.faults[next.to].push(next.fault)
    else if (next.do === 'wait') await pass(next.ms)
    else server.online(next.do === 'online')
  }

  const checkAlways = () => {
    for (const id of THREADS) {
      const keys = shown(id).map(({ clientId }) => clientId)
      expect(new Set(keys).size, 'nothing is shown twice').toBe(keys.length)
      const seqs = shown(id).flatMap(({ seq }) => seq ?? [])
      expect(seqs, 'what is shown is in order').toEqual([...seqs].sort((a, b) => a - b))
      expect(new Set(told[id]).size, 'nothing is told twice').toBe(told[id]?.length)
    }
    for (const { in: id, clientId, acceptedAs } of sends) {
      const copies = server.thread(id).flatMap((each) => (each.clientId === clientId ? each.seq : []))
      if (acceptedAs === null) expect(copies.length, 'a send is stored at most once').toBeLessThan(2)
      else expect(copies, 'an accepted send is stored, once').toEqual([acceptedAs])
    }
  }

  const play = async (next: Step) => {
    await take(next)
    await settle()
    checkAlways()
  }

  /** The line is good again; nothing new is written. */
  const heal = async () => {
    for (const faults of Object.values(server.faults)) faults.length = 0
    server.online(true)
    // What was asked for on the bad line comes or fails first.
    await pass(SETTLED_MS)
    for (const id of THREADS) {
      // As a screen does: opened once, and again after a failure. The rest the client does by itself.
      if (!opened.has(id) || client.conversation(id).getSnapshot().loadError) open(id)
    }
    await pass(SETTLED_MS)
    checkAlways()
  }

  return { server, client, sends, told, stored, shown, play, heal }
}

type World = ReturnType<typeof world>

function checkSends({ client, sends, stored }: World): void {
  expect(client.getSnapshot().pending).toBe(0)
  expect(sends.filter(({ acceptedAs }) => acceptedAs === null)).toEqual([])
  for (const id of THREADS) {
    const mine = sends.filter((sent) => sent.in === id).map(({ clientId }) => clientId)
    const kept = stored(id).filter(({ clientId }) => mine.includes(clientId))
    expect(
      kept.map(({ clientId }) => clientId),
      'in the order of sending',
    ).toEqual(mine)
  }
}

/** Without holes up to the newest that the client knows of. */
function checkKnown({ client, stored, shown }: World): void {
  for (const id of THREADS) {
    const { head } = client.conversation(id).getSnapshot()
    const first = shown(id)[0]?.seq ?? 1
    expect(shown(id), 'no hole').toEqual(stored(id).slice(first - 1, head))
  }
}

async function checkAll({ server, client, told, stored, shown }: World): Promise<void> {
  for (const id of THREADS) {
    const conversation = client.conversation(id)
    expect(conversation.getSnapshot().head).toBe(stored(id).length)
    for (let pages = 0; conversation.getSnapshot().hasOlder && pages < stored(id).length; pages++) {
      void conversation.loadOlder()
      await pass(100)
    }
    expect(shown(id), 'the whole thread').toEqual(stored(id))
  }
  const seqs = told[WATCHED] ?? []
  expect(seqs, 'told in order').toEqual([...seqs].sort((a, b) => a - b))
  if (!server.cut.has(WATCHED)) expect(seqs, 'each is told').toEqual(stored(WATCHED).map(({ seq }) => seq))
}

describe('on a line that loses, doubles, delays and breaks', () => {
  test.each(SEEDS)('[DLV3] [DLV4] [SEND1] [SEND4] nothing is lost, doubled or out of order (seed %i)', async (seed) => {
    const steps = fc.array(step, { minLength: 5, maxLength: 60, size: 'max' })
    const property = fc.asyncProperty(fc.integer({ min: 0, max: 12 }), steps, async (before, all) => {
      vi.clearAllTimers()
      const played = world(before)
      try {
        played.server.online(true)
        for (const next of all) await played.play(next)
        await played.heal()
        checkSends(played)
        checkKnown(played)
        // A push that was lost with nothing behind it is found by the next connection at the latest. [DLV4]
        played.server.online(false)
        await played.heal()
        checkKnown(played)
        await checkAll(played)
      } finally {
        played.client.close()
      }
    })
    await fc.assert(property, { seed, numRuns: RUNS })
  })
})
