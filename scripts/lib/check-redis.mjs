import { Redis } from 'ioredis'
import { firstLine, UserError } from './user-error.mjs'

const CONNECT_MS = 5_000

/** Sharded pub/sub and the commands we use came with Redis 7. */
const LOWEST_MAJOR = 7

/**
 * @param {string} url of REDIS_URL
 * @throws {UserError} when it cannot be used.
 */
export async function assertRedis(url) {
  const { hostname, port } = new URL(url)
  const address = `${hostname}:${port || 6379}`
  const redis = new Redis(url, {
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    connectTimeout: CONNECT_MS,
  })
  let failure
  redis.on('error', (error) => {
    failure ??= error
  })
  let info
  try {
    await redis.connect()
    info = await redis.info('server')
  } catch (error) {
    throw new UserError(reason(failure ?? error, address))
  } finally {
    redis.disconnect()
  }
  const version = /redis_version:(\S+)/.exec(info)?.[1] ?? ''
  if (Number.parseInt(version, 10) < LOWEST_MAJOR) {
    throw new UserError(
      `REDIS_URL points to Redis ${version} at ${address}; Waggle needs Redis ${LOWEST_MAJOR} or later.`,
    )
  }
}

function reason(error, address) {
  const cause = error.errors?.[0] ?? error
  if (cause.code === 'ECONNREFUSED') return `REDIS_URL points to ${address}, where no Redis answers.`
  if (cause.code === 'ENOTFOUND' || cause.code === 'EAI_AGAIN') {
    return `REDIS_URL names the host of ${address}, which cannot be found.`
  }
  if (/NOAUTH|WRONGPASS|invalid (username|password)/i.test(cause.message)) {
    return `REDIS_URL was refused by ${address}: the user name or the password is wrong.`
  }
  return `REDIS_URL cannot be used (${address}): ${firstLine(cause)}.`
}
