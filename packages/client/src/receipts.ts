import type { ParticipantState, SenderKind } from '@waggle/shared'

/** How far an outgoing message has come. */
export type Tick = 'pending' | 'sent' | 'delivered' | 'read' | 'failed'

/** Up to which seq somebody of the other side has got and has read the thread. */
export interface Reach {
  delivered: number
  read: number
}

/**
 * Marks are cumulative, so one number each tells it for every message: a traveler's message has arrived
 * when any agent has it, an agent's when the traveler has it.
 * @param side The side that sent.
 */
export function reachOf(participants: Iterable<ParticipantState>, side: SenderKind): Reach {
  const reach = { delivered: 0, read: 0 }
  for (const { kind, deliveredSeq, readSeq } of participants) {
    if (kind === side) continue
    // Whoever has read has received, whichever mark came first.
    reach.delivered = Math.max(reach.delivered, deliveredSeq, readSeq)
    reach.read = Math.max(reach.read, readSeq)
  }
  return reach
}

/** The tick of an accepted message. */
export function tickAt(seq: number, reach: Reach): Tick {
  if (seq <= reach.read) return 'read'
  return seq <= reach.delivered ? 'delivered' : 'sent'
}

/** Takes over newer marks; a mark never goes down. @returns whether something moved. */
export function mergeMark(marks: Map<string, ParticipantState>, next: ParticipantState): boolean {
  const known = marks.get(next.participantId)
  const deliveredSeq = Math.max(known?.deliveredSeq ?? 0, next.deliveredSeq)
  const readSeq = Math.max(known?.readSeq ?? 0, next.readSeq)
  if (known && known.deliveredSeq === deliveredSeq && known.readSeq === readSeq) return false
  marks.set(next.participantId, { participantId: next.participantId, kind: next.kind, deliveredSeq, readSeq })
  return true
}
