import type { AddressInfo, Server } from 'node:net'
import { SettingsError } from './env.ts'

/**
 * Listens on a TCP port; 0 takes a free one.
 * @returns the port.
 * @throws SettingsError when the port is taken or not allowed.
 */
export function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException) => {
      const reason = error.code === 'EADDRINUSE' ? 'is in use by another program' : `cannot be opened (${error.code})`
      reject(new SettingsError(`Port ${port} ${reason}`))
    }
    server.once('error', refuse)
    server.listen(port, host, () => {
      server.off('error', refuse)
      resolve((server.address() as AddressInfo).port)
    })
  })
}
