import { createServer } from 'node:net'
import { UserError } from './user-error.mjs'

/** Listens once and lets go. Both families, because a program on `::` also answers for `localhost`. */
function tryListen(port, host) {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen({ port, host, exclusive: true }, () => {
      const { port: taken } = server.address()
      server.close(() => resolve(taken))
    })
  })
}

/** @returns {Promise<number>} a port that was free a moment ago. */
export const freePort = () => tryListen(0, '127.0.0.1')

/**
 * @param {number} port
 * @param {string} variable the setting that chooses it
 * @throws {UserError} naming both when the port cannot be taken.
 */
export async function assertPortFree(port, variable) {
  for (const host of ['0.0.0.0', '::', '127.0.0.1']) {
    try {
      await tryListen(port, host)
    } catch (error) {
      if (error.code === 'EADDRINUSE') {
        throw new UserError(
          `port ${port} is in use by another program; stop it or choose another port with ${variable}.`,
        )
      }
      if (error.code === 'EACCES') {
        throw new UserError(`port ${port} may not be opened by this user; choose another port with ${variable}.`)
      }
      // A machine without IPv6 has nothing to be taken there.
    }
  }
}
