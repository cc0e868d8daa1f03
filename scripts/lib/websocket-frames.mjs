/**
 * Cuts what a client sends into its HTTP upgrade and its WebSocket frames (RFC 6455, section 5.2), each whole as it was sent.
 * @param {(piece: Buffer, isFrame: boolean) => void} onPiece
 * @returns {(chunk: Buffer) => void}
 */
export function splitFrames(onPiece) {
  let held = Buffer.alloc(0)
  let upgraded = false
  return (chunk) => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk])
    if (!upgraded) {
      const end = held.indexOf('\r\n\r\n')
      if (end === -1) return
      onPiece(held.subarray(0, end + 4), false)
      held = held.subarray(end + 4)
      upgraded = true
    }
    for (let length = frameLength(held); length > 0 && held.length >= length; length = frameLength(held)) {
      onPiece(held.subarray(0, length), true)
      held = held.subarray(length)
    }
  }
}

/** @returns {number} bytes of the frame at the beginning, 0 while its head is not complete. */
function frameLength(bytes) {
  if (bytes.length < 2) return 0
  const mask = bytes[1] & 0x80 ? 4 : 0
  const short = bytes[1] & 0x7f
  if (short < 126) return 2 + mask + short
  if (short === 126) return bytes.length < 4 ? 0 : 4 + mask + bytes.readUInt16BE(2)
  return bytes.length < 10 ? 0 : 10 + mask + Number(bytes.readBigUInt64BE(2))
}
