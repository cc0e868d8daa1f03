let lastTime = 0
let counter = 0

/** Random bytes in stock: asking the system for a few at a time costs more than everything else here. */
const pool = new Uint8Array(4_096)
let used = pool.length

/**
 * A UUID version 7 (RFC 9562 §5.7): sortable by creation time, so a B-tree index on it grows
 * at one end. Those made by one process in the same millisecond rise too (§6.2, method 1), so that
 * a feed sorted by id keeps their order. Works in Node and browsers.
 * @param now Unix time in milliseconds.
 */
export function uuidv7(now: number = Date.now()): string {
  const bytes = randomBytes()
  if (now > lastTime) {
    lastTime = now
    // The upper bit is left free, so that there is room to count up.
    counter = (((bytes[6] ?? 0) & 0x07) << 8) | (bytes[7] ?? 0)
  } else if (++counter > 0xfff) {
    lastTime++
    counter = 0
  }
  // 48 bits of time, big-endian; division because the value does not fit in 32-bit operations.
  for (let i = 5, rest = lastTime; i >= 0; i--, rest = Math.floor(rest / 256)) bytes[i] = rest % 256
  bytes[6] = 0x70 | (counter >> 8)
  bytes[7] = counter & 0xff
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  let hex = ''
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** Sixteen that were never given out before. */
function randomBytes(): Uint8Array {
  if (used === pool.length) {
    crypto.getRandomValues(pool)
    used = 0
  }
  used += 16
  return pool.slice(used - 16, used)
}
