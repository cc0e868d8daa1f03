/**
 * A UUID version 7 (RFC 9562 §5.7): sortable by creation time, so a B-tree index on it grows
 * at one end. Works in Node and browsers.
 * @param now Unix time in milliseconds.
 */
export function uuidv7(now: number = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const version = 0x70 | ((bytes[6] ?? 0) & 0x0f)
  const variant = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  // 48 bits of time, big-endian; division because the value does not fit in 32-bit operations.
  for (let i = 5, rest = now; i >= 0; i--, rest = Math.floor(rest / 256)) bytes[i] = rest % 256
  bytes[6] = version
  bytes[8] = variant
  let hex = ''
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
