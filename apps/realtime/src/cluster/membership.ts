import type { Connection, ConnectionRegistry } from './connection-registry.ts'
import { LEASE_MS, type NodeInfo, type NodeLeases, RENEW_MS } from './node-leases.ts'

/** How old a node's picture of the others may be: a new node is used within 1 s. [NODE1] */
export const LOOK_MS = 500

export interface MembershipOptions {
  self: NodeInfo
  leases: NodeLeases
  registry: () => ConnectionRegistry
  /** The sockets this node holds now. */
  connections(): Connection[]
  onError(what: string, error: unknown): void
}

/** This node among the others: holds its lease, knows who lives, cleans up after the dead. */
export class Membership {
  readonly #options: MembershipOptions
  #living: NodeInfo[]
  readonly #timers: NodeJS.Timeout[] = []
  #renewing: Promise<void> = Promise.resolve()
  #missedAt = Number.NEGATIVE_INFINITY

  constructor(options: MembershipOptions) {
    this.#options = options
    this.#living = [options.self]
  }

  /** The last known picture; it stays in force while the store does not answer. */
  get nodes(): readonly NodeInfo[] {
    return this.#living
  }

  readonly livingIds = async (): Promise<ReadonlySet<string>> => new Set(this.#living.map(({ nodeId }) => nodeId))

  /** Resolves when the lease is held and the others are known. */
  async start(): Promise<void> {
    await this.#renew()
    await this.#look()
    this.#every(RENEW_MS, 'renew the lease', async () => {
      this.#renewing = this.#renew()
      await this.#renewing
      await this.#sweep()
    })
    this.#every(LOOK_MS, 'look for nodes', () => this.#look())
  }

  /** Gives the lease back, so that nobody waits for it to end. */
  async stop(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer)
    await this.#renewing.catch(() => {})
    const { self, leases, registry } = this.#options
    await registry().dropNode(self.nodeId)
    await leases.drop(self.nodeId)
  }

  async #renew(): Promise<void> {
    const { self, leases, registry, connections } = this.#options
    await leases.renew(self, LEASE_MS)
    // After a wipe, or a sleep in which the others gave this node up.
    if (!(await registry().intact(self.nodeId))) await registry().rewrite(self.nodeId, connections())
  }

  async #look(): Promise<void> {
    const { self, leases } = this.#options
    const found = await leases.living()
    if (!found.some(({ nodeId }) => nodeId === self.nodeId)) {
      // The store was wiped, or this node slept and was given up. The others need a moment to come back too.
      this.#missedAt = performance.now()
      await this.#renew()
    }
    const others = found.filter(({ nodeId }) => nodeId !== self.nodeId)
    const wiped = performance.now() - this.#missedAt < RENEW_MS
    const isNew = ({ nodeId }: NodeInfo) => nodeId !== self.nodeId && !others.some((other) => other.nodeId === nodeId)
    this.#living = [self, ...others, ...(wiped ? this.#living.filter(isNew) : [])]
  }

  async #sweep(): Promise<void> {
    const { self, leases, registry } = this.#options
    for (const nodeId of await leases.dead()) {
      if (nodeId === self.nodeId) continue
      await registry().dropNode(nodeId)
      await leases.drop(nodeId)
    }
  }

  /** Not `setInterval`: a slow store must not have several of the same under way. */
  #every(ms: number, what: string, work: () => Promise<void>): void {
    const index = this.#timers.length
    const schedule = () => {
      this.#timers[index] = setTimeout(() => {
        work()
          .catch((error) => this.#options.onError(what, error))
          .finally(schedule)
      }, ms).unref()
    }
    schedule()
  }
}
