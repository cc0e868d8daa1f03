import { type SocketBusiness, socketMethods } from '@waggle/business'

/** Calls a function of the business layer by name; see the RPC client. */
export type Call = (method: string, params: unknown) => Promise<unknown>

/** The business layer as a process without one sees it: every call goes to a dispatcher. */
export function remoteBusiness(call: Call): SocketBusiness {
  const forward = (method: string) => [method, (...params: unknown[]) => call(method, params)]
  return Object.fromEntries(socketMethods.map(forward)) as unknown as SocketBusiness
}

/** The other end: what a dispatcher answers to a worker's calls. Rejects for anything that is not a function of the interface. */
export function answerCalls(business: SocketBusiness): Call {
  const known = new Set<string>(socketMethods)
  return async (method, params) => {
    if (!known.has(method) || !Array.isArray(params)) throw new TypeError(`no such call: ${method}`)
    const answer = business[method as keyof SocketBusiness] as (...params: unknown[]) => Promise<unknown>
    return answer(...params)
  }
}
