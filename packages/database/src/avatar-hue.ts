/** Degrees on the colour wheel from an id: the same person has the same colour on every screen. */
export function avatarHue(id: string): number {
  // The last digits of a UUIDv7 are random.
  return Number.parseInt(id.slice(-6), 16) % 360
}
