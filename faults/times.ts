import type { Step } from './history.ts'

export interface Times {
  /** Milliseconds from the send to the ack, over all messages. */
  ackMs: { p50: number; p99: number; max: number }
  /** Milliseconds from the send until the other side showed it. */
  showMs: { p50: number; p99: number; max: number }
  /** Of the messages that were sent from the fault's begin on. */
  duringAckMs: { p50: number; p99: number; max: number }
  /** Milliseconds from the fault's begin until the last message that took longer than a second was shown; 0 without one. */
  recoveryMs: number
}

/** How long a message may take before it counts as held up by the fault. */
const HELD_UP_MS = 1_000

/** @param begin of the fault, on the clock of the history. */
export function times(steps: readonly Step[], begin: number): Times {
  const invoked = new Map<string, Step>()
  const acks: number[] = []
  const during: number[] = []
  const shows: number[] = []
  let held = begin
  for (const step of steps) {
    if (step.op === 'invoke') invoked.set(step.clientId, step)
    const sent = invoked.get(step.clientId)
    if (!sent) continue
    const took = step.at - sent.at
    if (step.op === 'ack') {
      acks.push(took)
      if (sent.at >= begin) during.push(took)
    }
    if (step.op === 'show' && step.actor !== sent.actor) shows.push(took)
    if (step.op !== 'invoke' && took > HELD_UP_MS) held = Math.max(held, step.at)
  }
  return {
    ackMs: spread(acks),
    showMs: spread(shows),
    duringAckMs: spread(during),
    recoveryMs: Math.round(held - begin),
  }
}

function spread(values: number[]) {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
  return { p50: at(0.5), p99: at(0.99), max: at(1) }
}
