import { WaggleError } from '@waggle/shared'
import type { NodeInfo } from './node-leases.ts'
import { NotSent, RpcConnection } from './rpc-connection.ts'

/** Calls to whichever dispatchers live now. */
export class RpcClient {
  readonly #secret: string
  readonly #nodes: () => readonly NodeInfo[]
  readonly #connections = new Map<string, RpcConnection>()
  #turn = 0

  /** @param nodes the living ones, the caller's picture of now. */
  constructor(secret: string, nodes: () => readonly NodeInfo[]) {
    this.#secret = secret
    this.#nodes = nodes
  }

  /**
   * Calls go round: every dispatcher can answer every call, and the order of a conversation is made in the
   * database. One that cannot be reached is passed over as long as nothing was sent to it.
   * @throws WaggleError of the dispatcher; `unavailable` when none answers.
   */
  readonly call = async (method: string, params: unknown): Promise<unknown> => {
    const dispatchers = this.#nodes().filter(({ roles, rpc }) => rpc !== null && roles.includes('dispatcher'))
    this.#forget(dispatchers)
    if (dispatchers.length === 0) throw new WaggleError('unavailable')
    const turn = this.#turn++
    const inTurn = dispatchers.map((_, index) => {
      const { rpc } = dispatchers[(turn + index) % dispatchers.length] as NodeInfo
      return this.#connection(rpc as string)
    })
    // A stable sort: those that do not answer come last, all others keep their turn.
    inTurn.sort((one, other) => Number(one.stuck) - Number(other.stuck))
    return firstSent(inTurn, method, params)
  }

  /** Calls this node and no other. @throws WaggleError as `call` does. */
  async callNode(node: NodeInfo, method: string, params: unknown): Promise<unknown> {
    if (node.rpc === null) throw new WaggleError('unavailable')
    return this.#connection(node.rpc).call(method, params)
  }

  close(): void {
    for (const connection of this.#connections.values()) connection.close()
  }

  #connection(address: string): RpcConnection {
    const known = this.#connections.get(address)
    if (known?.open) return known
    const fresh = new RpcConnection(address, this.#secret)
    this.#connections.set(address, fresh)
    return fresh
  }

  #forget(dispatchers: readonly NodeInfo[]): void {
    if (this.#connections.size <= dispatchers.length) return
    const living = new Set(dispatchers.map(({ rpc }) => rpc))
    for (const [address, connection] of this.#connections) {
      if (living.has(address)) continue
      connection.close()
      this.#connections.delete(address)
    }
  }
}

/** The first connection that takes the call answers it. */
async function firstSent(connections: readonly RpcConnection[], method: string, params: unknown): Promise<unknown> {
  for (const connection of connections) {
    try {
      return await connection.call(method, params)
    } catch (error) {
      if (!(error instanceof NotSent)) throw error
    }
  }
  throw new WaggleError('unavailable')
}
