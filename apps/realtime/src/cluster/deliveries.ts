/** How a worker asks a dispatcher over RPC for what Redis may not have brought. */

/** One emit to rooms, as a dispatcher published it. */
export interface LoggedDelivery {
  /** Rises by one with every delivery of this dispatcher. */
  n: number
  /** Milliseconds since it was published; an age, because the nodes' clocks may differ. */
  ageMs: number
  rooms: string[]
  /** The socket that caused it and knows already. */
  except?: string
  name: string
  payload: unknown
}

/** The newest message of a conversation, without its text. */
export interface Head extends Omit<LoggedDelivery, 'name' | 'payload'> {
  conversationId: string
  seq: number
}

export interface DeliveriesAsked {
  /** The last number that was seen; 0 for all that is kept. */
  after: number
  /** Redis does not answer the worker: it wants the deliveries themselves. */
  whole: boolean
  /** Numbers whose deliveries it lacks. */
  pick?: number[]
}

export interface DeliveriesAnswer {
  next: number
  heads: Head[]
  deliveries: LoggedDelivery[]
  /** False while Redis does not take what this dispatcher publishes: ask again soon, and for whole ones. */
  published: boolean
}

/** The name of the call. */
export const DELIVERIES = 'deliveries'
