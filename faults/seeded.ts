/** Numbers in [0, 1) that are the same for the same seed: enough to repeat who wrote when, no good for secrets. */
export function seeded(seed: number): () => number {
  // xorshift, which never leaves zero: hence the bit that is always set.
  let state = (seed * 2_654_435_761) | 1
  const next = () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
  for (let i = 0; i < 8; i++) next()
  return next
}
