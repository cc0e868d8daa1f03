import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { HttpApp } from '../../apps/realtime/src/http-app.ts'

export interface Route {
  method: string
  /** With its parameters as `:id`. */
  url: string
  /** Describes a body or a query. */
  takes: boolean
}

/**
 * Starts a node and notes every route it registers, hidden ones too: Fastify tells of each instance.
 * @returns the node, its routes, and how many TCP connections it holds.
 */
export async function startWithRoutes<N>(
  start: () => Promise<N>,
): Promise<{ node: N; routes: Route[]; connections: () => Promise<number> }> {
  const routes: Route[] = []
  const apps: HttpApp[] = []
  const listener = (message: unknown) => {
    const { fastify } = message as { fastify: HttpApp }
    apps.push(fastify)
    fastify.addHook('onRoute', (route) => {
      const { url, schema } = route
      const takes = schema?.body !== undefined || schema?.querystring !== undefined
      for (const method of [route.method].flat()) routes.push({ method, url, takes })
    })
  }
  subscribe('fastify.initialization', listener)
  try {
    const node = await start()
    const connections = async () => {
      const counts = apps.map(
        ({ server }) => new Promise<number>((resolve) => server.getConnections((_, n) => resolve(n))),
      )
      return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0)
    }
    return { node, routes, connections }
  } finally {
    unsubscribe('fastify.initialization', listener)
  }
}
