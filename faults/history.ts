/** What happened to one message at one actor; a run's history is a list of these, one JSON line each. */
export interface Step {
  /** Milliseconds since the epoch, one clock for all actors. */
  at: number
  actor: string
  /** `invoke`: given to the client. `ack`: the client says it is stored. `fail`: refused for good. `show`: on the screen. */
  op: 'invoke' | 'ack' | 'fail' | 'show'
  conversationId: string
  clientId: string
  /** For `ack` and `show`. */
  seq?: number
}

/** A row of the table `message`. */
export interface Row {
  conversationId: string
  seq: number
  clientId: string
  senderId: string
}

/** Who has to have every message of a conversation. */
export type Actors = Map<string, readonly string[]>
