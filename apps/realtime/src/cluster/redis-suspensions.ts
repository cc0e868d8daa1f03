import type { Redis } from 'ioredis'
import { ask } from './ask.ts'
import type { Suspensions } from './suspensions.ts'

/**
 * `countTry` in one step, so that tries on several nodes are one count. KEYS[1]: the tries of one key, a hash.
 * ARGV: limit, window, first and cap in milliseconds, the time or 0 for Redis' own clock.
 */
const script = `
local limit, window, first, cap = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local now = tonumber(ARGV[5])
if now == 0 then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local tries = redis.call('HMGET', KEYS[1], 'count', 'from', 'until', 'strikes')
local count, from = tonumber(tries[1]) or 0, tonumber(tries[2]) or now
local ends, strikes = tonumber(tries[3]) or 0, tonumber(tries[4]) or 0
local wait = 0
if now >= ends then
  if now - from >= window then
    from = now
    count = 0
  end
  count = count + 1
end
if now < ends or count > limit then
  strikes = strikes + 1
  count = 0
  ends = math.max(ends, now + math.min(cap, first * 2 ^ (strikes - 1)))
  wait = ends - now
end
redis.call('HSET', KEYS[1], 'count', count, 'from', from, 'until', ends, 'strikes', strikes)
local keep = window
if strikes > 0 then keep = math.max(ends - now, 0) + cap end
redis.call('PEXPIRE', KEYS[1], math.ceil(math.max(keep, 1)))
return wait
`

/** @param now milliseconds for tests; by default Redis' own clock, which is the same for all nodes. */
export function redisSuspensions(redis: Redis, prefix = 'waggle', now: () => number = () => 0): Suspensions {
  const name = (key: string) => `${prefix}:tries:{${key}}`
  return {
    hit: async (key, { limit, windowMs, firstMs, capMs }) =>
      Number(await ask(redis.eval(script, 1, name(key), limit, windowMs, firstMs, capMs, now()))),
    lift: async (key) => {
      await ask(redis.del(name(key)))
    },
  }
}
