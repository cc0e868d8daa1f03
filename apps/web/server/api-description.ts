import { env } from '../env.ts'
import type { ApiDescription } from '../features/reference/openapi.ts'

/** The description of the HTTP API as the service gives it itself; null when it does not answer. */
export async function apiDescription(): Promise<ApiDescription | null> {
  try {
    const response = await fetch(`${env.realtimeInternalUrl}/v1/openapi.json`, { cache: 'no-store' })
    return response.ok ? ((await response.json()) as ApiDescription) : null
  } catch {
    return null
  }
}
