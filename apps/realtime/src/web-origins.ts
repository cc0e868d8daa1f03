/** Names of this machine that a person may type for one another. */
const loopback = ['localhost', '127.0.0.1', '[::1]']

/**
 * Origins from which the pages of the web app may come: its public one; on a developer's machine
 * whichever way it is spelled.
 * @param publicUrl WEB_PUBLIC_URL.
 */
export function webOrigins(publicUrl: string): string[] {
  const url = new URL(publicUrl)
  if (!loopback.includes(url.hostname)) return [url.origin]
  return loopback.map((hostname) => `${url.protocol}//${hostname}${url.port ? `:${url.port}` : ''}`)
}
