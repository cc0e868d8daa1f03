import { type Actor, decode, type ReceiptUpdate, schemas } from '@waggle/shared'
import { requireReader } from './actor.ts'
import { type Address, agentSide, type Deliver, everybody } from './deliveries.ts'
import type { Audience, Mark, ReceiptStore } from './ports.ts'

/** Short enough that a tick feels immediate, long enough that a busy node writes many marks in one statement. */
const FLUSH_MS = 50

/**
 * Delivered and read marks. They only move up, so marks of one person in one conversation that
 * come within a flush are one mark, and a flush that fails is merged into the next.
 */
export class Receipts {
  readonly #store: ReceiptStore
  readonly #deliver: Deliver
  readonly #onError: (error: unknown) => void
  #pending = new Map<string, Mark>()
  #waiting: (() => void)[] = []
  #timer: NodeJS.Timeout | undefined
  #flushing: Promise<void> = Promise.resolve()

  constructor(store: ReceiptStore, deliver: Deliver, onError: (error: unknown) => void) {
    this.#store = store
    this.#deliver = deliver
    this.#onError = onError
  }

  /** Not awaited by anybody: the client's next ack covers a lost one. @throws WaggleError `invalid_input`. */
  delivered(actor: Actor, input: unknown): void {
    const { conversationId, seq } = decode(schemas.cursorInput, input)
    this.#add(actor, conversationId, seq, 0)
  }

  /** Resolves after the next flush. Reading implies having received. @throws WaggleError `invalid_input`. */
  read(actor: Actor, input: unknown): Promise<void> {
    const { conversationId, seq } = decode(schemas.cursorInput, input)
    this.#add(actor, conversationId, seq, seq)
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  /** Writes what is pending; for shutdown. */
  async close(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#flush()
    await this.#flushing
    clearTimeout(this.#timer)
  }

  #add(actor: Actor, conversationId: string, deliveredSeq: number, readSeq: number): void {
    const kind = requireReader(actor)
    const key = `${actor.merchantId}/${conversationId}/${actor.id}`
    this.#merge(key, {
      merchantId: actor.merchantId,
      conversationId,
      participantId: actor.id,
      kind,
      deliveredSeq,
      readSeq,
    })
    this.#schedule()
  }

  #merge(key: string, mark: Mark): void {
    const known = this.#pending.get(key)
    if (!known) {
      this.#pending.set(key, mark)
      return
    }
    known.deliveredSeq = Math.max(known.deliveredSeq, mark.deliveredSeq)
    known.readSeq = Math.max(known.readSeq, mark.readSeq)
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#flush()
    }, FLUSH_MS)
  }

  #flush(): void {
    const marks = this.#pending
    const waiting = this.#waiting
    this.#pending = new Map()
    this.#waiting = []
    this.#flushing = this.#flushing.then(async () => {
      try {
        if (marks.size > 0) this.#announce(await this.#store.advance([...marks.values()]))
      } catch (error) {
        this.#onError(error)
        for (const [key, mark] of marks) this.#merge(key, mark)
        this.#schedule()
      }
      for (const resolve of waiting) resolve()
    })
  }

  #announce(moved: Awaited<ReturnType<ReceiptStore['advance']>>): void {
    this.#deliver(
      moved.map(({ merchantId, update, audience }) => ({
        to: interested(merchantId, update, audience),
        event: { name: 'receipt:updated', payload: update },
      })),
    )
  }
}

/**
 * A read mark is news for everybody, one's own other devices included. That something has arrived is
 * news only for the other side, and by far the most frequent mark.
 */
function interested(merchantId: string, update: ReceiptUpdate, audience: Audience): Address[] {
  const { conversationId, kind, deliveredSeq, readSeq } = update
  if (readSeq === deliveredSeq) return everybody(merchantId, conversationId, audience)
  if (kind === 'agent') return [{ kind: 'person', merchantId, id: audience.travelerId }]
  return agentSide(merchantId, conversationId, audience)
}
