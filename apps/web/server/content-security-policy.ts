/** The realtime service over HTTP and WebSocket. */
export function realtimeSources(realtimeUrl: string): string {
  const { origin } = new URL(realtimeUrl)
  return `${origin} ${origin.replace(/^http/, 'ws')}`
}

/** What the pages of the console may load: our own things, no inline script or style. */
export function pagePolicy(nonce: string, realtimeUrl: string): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob: data:",
    `connect-src 'self' ${realtimeSources(realtimeUrl)}`,
    "frame-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "object-src 'none'",
  ].join('; ')
}

/** What the widget's frame may load, and on whose pages it may be shown. */
export function framePolicy(realtimeUrl: string, ancestors: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    `connect-src 'self' ${realtimeSources(realtimeUrl)}`,
    `frame-ancestors 'self' ${ancestors.join(' ')}`.trim(),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}
