export type { Tick } from './receipts.ts'
export { RequestError } from './request-error.ts'
export type { ConnectionState, Transport } from './transport.ts'
export type * from './types.ts'
