import type { Actors, Row, Step } from './history.ts'

export interface Violation {
  rule: 'I1' | 'I2' | 'I3'
  what: string
}

export interface Verdict {
  sent: number
  acknowledged: number
  failed: number
  /** Acknowledged and not in the table, or not shown by somebody who must have it. */
  lost: number
  /** Rows of one send, or one seq shown twice. */
  doubled: number
  /** Shown after a later one, or a hole in the table's seq. */
  outOfOrder: number
  violations: Violation[]
}

/**
 * Holds a history against the table. [I1] nothing acknowledged is missing, in the table or on a screen;
 * [I2] nothing is there or shown twice; [I3] screens show by rising seq, and the table has no hole.
 * @param steps in the order in which they happened at each actor.
 */
export function check(steps: readonly Step[], rows: readonly Row[], actors: Actors): Verdict {
  const verdict: Verdict = { sent: 0, acknowledged: 0, failed: 0, lost: 0, doubled: 0, outOfOrder: 0, violations: [] }
  const found = (count: 'lost' | 'doubled' | 'outOfOrder', rule: Violation['rule'], what: string) => {
    verdict[count]++
    if (verdict.violations.length < 50) verdict.violations.push({ rule, what })
  }

  const stored = new Map<string, Row>()
  const seqs = new Map<string, Set<number>>()
  for (const row of rows) {
    if (stored.has(row.clientId)) found('doubled', 'I2', `${row.clientId} is stored twice`)
    stored.set(row.clientId, row)
    const known = seqs.get(row.conversationId) ?? new Set()
    if (known.has(row.seq)) found('doubled', 'I2', `${row.conversationId} has seq ${row.seq} twice`)
    seqs.set(row.conversationId, known.add(row.seq))
  }
  for (const [conversationId, known] of seqs) {
    for (let seq = 1; seq <= known.size; seq++) {
      if (!known.has(seq)) found('outOfOrder', 'I3', `${conversationId} has no seq ${seq} in the table`)
    }
  }

  const shown = new Map<string, { seen: Set<number>; last: number }>()
  for (const { op, actor, conversationId, clientId, seq = 0 } of steps) {
    if (op === 'invoke') verdict.sent++
    else if (op === 'fail') verdict.failed++
    else if (op === 'ack') {
      verdict.acknowledged++
      const row = stored.get(clientId)
      if (!row) found('lost', 'I1', `${clientId} was acknowledged and is not in the table`)
      else if (row.seq !== seq) found('doubled', 'I2', `${clientId} was told seq ${seq} and is stored as ${row.seq}`)
    } else {
      const key = `${actor} ${conversationId}`
      const screen = shown.get(key) ?? { seen: new Set(), last: 0 }
      shown.set(key, screen)
      if (screen.seen.has(seq)) found('doubled', 'I2', `${actor} was shown seq ${seq} twice`)
      else if (seq < screen.last) found('outOfOrder', 'I3', `${actor} was shown seq ${seq} after ${screen.last}`)
      screen.seen.add(seq)
      screen.last = Math.max(screen.last, seq)
    }
  }
  for (const [conversationId, known] of seqs) {
    for (const actor of actors.get(conversationId) ?? []) {
      const seen = shown.get(`${actor} ${conversationId}`)?.seen ?? new Set()
      for (const seq of known) if (!seen.has(seq)) found('lost', 'I1', `${actor} was never shown seq ${seq}`)
    }
  }
  return verdict
}
