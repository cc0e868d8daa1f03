/**
 * The actors of one fault run, a process of their own: `run.js <json>`. Says `sending` when the load is on, writes
 * the history as JSON lines, and ends with one line: the verdict.
 */
import { createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { Tokens } from '@waggle/business'
import { createPool } from '@waggle/database'
import { type Actor, uuidv7 } from '@waggle/shared'
import { createTalks } from '../bench/talks.ts'
import { seeded } from '../scripts/lib/seeded.mjs'
import { check } from './check.ts'
import type { Row, Step } from './history.ts'
import { type Mutation, naivePerson } from './naive.ts'
import { type Person, person } from './people.ts'
import { times } from './times.ts'

export interface RunConfig {
  url: string
  databaseUrl: string
  secret: string
  seed: number
  /** Conversations; each has two clients that both write. */
  pairs: number
  /** Messages per second over all. */
  rate: number
  seconds: number
  /** Where the history goes; beside it, in `.begin`, stands when the fault began. */
  history: string
  mutation: Mutation | null
}

/** After the last send everything has to be everywhere within this. */
const QUIET_MS = 60_000

const config = JSON.parse(process.argv[2] ?? '') as RunConfig
const random = seeded(config.seed)
const tokens = new Tokens(config.secret)
const talks = await createTalks(config.databaseUrl, config.pairs)
const steps: Step[] = []
let open = 0
let lastShown = 0

const clock = () => performance.timeOrigin + performance.now()
const record = (step: Omit<Step, 'at'>) => steps.push({ at: clock(), ...step })

function join(actor: Actor, conversationId: string): { actor: string; conversationId: string; person: Person } {
  const options = {
    url: config.url,
    actor,
    conversationId,
    token: async () => (await tokens.sign(actor, 3_600)).token,
    onShown: (conversationId: string, clientId: string, seq: number) => {
      lastShown = clock()
      record({ op: 'show', actor: actor.id, conversationId, clientId, seq })
    },
  }
  const made = config.mutation ? naivePerson(config.mutation, options) : person(options)
  return { actor: actor.id, conversationId, person: made }
}

const people = talks.flatMap(({ conversationId, traveler, agent }) => [
  join(traveler, conversationId),
  join(agent, conversationId),
])
await Promise.all(people.map(({ person }) => person.online))
process.stdout.write(`${JSON.stringify({ event: 'sending', at: clock() })}\n`)

const end = clock() + config.seconds * 1000
for (let due = clock(); due < end; due += 1000 / config.rate) {
  const late = due - clock()
  if (late > 1) await wait(late)
  const { actor, conversationId, person } = people[Math.floor(random() * people.length)] as (typeof people)[number]
  const clientId = uuidv7()
  record({ op: 'invoke', actor, conversationId, clientId })
  open++
  person
    .send(clientId, `message ${steps.length}`)
    .then(
      (seq) => record({ op: 'ack', actor, conversationId, clientId, seq }),
      () => record({ op: 'fail', actor, conversationId, clientId }),
    )
    .finally(() => open--)
}
process.stdout.write(`${JSON.stringify({ event: 'sent', at: clock() })}\n`)

// Quiet: every send has its answer and nothing has been shown for two seconds.
const giveUp = clock() + QUIET_MS
while (clock() < giveUp && (open > 0 || clock() - Math.max(lastShown, end) < 2_000)) await wait(50)

const pool = createPool({ url: config.databaseUrl, size: 1, name: 'faults' })
const { rows } = await pool.query<{ conversation_id: string; seq: number; client_id: string; sender_id: string }>(
  'SELECT conversation_id, seq, client_id, sender_id FROM message WHERE merchant_id = $1',
  [talks[0]?.traveler.merchantId],
)
await pool.end()
const table: Row[] = rows.map((row) => ({
  conversationId: row.conversation_id,
  seq: Number(row.seq),
  clientId: row.client_id,
  senderId: row.sender_id,
}))
for (const { person } of people) person.close()

const file = createWriteStream(config.history)
for (const step of steps) file.write(`${JSON.stringify(step)}\n`)
await new Promise((resolve) => file.end(resolve))

const actors = new Map(talks.map((talk) => [talk.conversationId, [talk.traveler.id, talk.agent.id]]))
const verdict = check(steps, table, actors)
const begin = Number(await readFile(`${config.history}.begin`, 'utf8').catch(() => end))
process.stdout.write(
  `${JSON.stringify({ event: 'verdict', unanswered: open, verdict, steps: steps.length, begin, times: times(steps, begin) })}\n`,
)
process.exit(0)
