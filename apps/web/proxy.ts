import { type NextRequest, NextResponse } from 'next/server'
import { env } from './env.ts'
import { pagePolicy } from './server/content-security-policy.ts'

/**
 * Before every request: the API is passed on to the realtime service, which browsers so reach under the
 * same origin; a page gets a policy with a nonce of its own.
 */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl
  if (pathname.startsWith('/v1/')) return NextResponse.rewrite(new URL(pathname + search, env.realtimeInternalUrl))

  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64')
  const policy = pagePolicy(nonce, env.realtimePublicUrl)
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  // Next reads the nonce for its own scripts from here.
  headers.set('content-security-policy', policy)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  response.headers.set('x-content-type-options', 'nosniff')
  response.headers.set('referrer-policy', 'strict-origin-when-cross-origin')
  return response
}

export const config = {
  // Not for files, nor for the widget's frame, which has a policy of its own.
  matcher: ['/((?!_next/static|_next/image|widget/|demo/|icon.svg|favicon.ico).*)'],
}
