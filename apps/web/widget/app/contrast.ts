/** Relative luminance of an sRGB colour, WCAG 2.2. @param hex `#rrggbb`. */
export function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** Black or white, whichever is easier to read on the merchant's colour. */
export function textOn(hex: string): '#ffffff' | '#1c1a17' {
  const l = luminance(hex)
  const white = 1.05 / (l + 0.05)
  const black = (l + 0.05) / (luminance('#1c1a17') + 0.05)
  return white >= black ? '#ffffff' : '#1c1a17'
}
