import { createServer } from 'node:http'
import type { Registry } from 'prom-client'
import { listen } from './listen.ts'

/** Prometheus text on a port of its own, which stays inside the network. */
export async function serveMetrics(metrics: Registry, port: number): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    if (request.url !== '/metrics') {
      response.writeHead(404).end()
      return
    }
    metrics
      .metrics()
      .then((text) => response.writeHead(200, { 'content-type': metrics.contentType }).end(text))
      .catch(() => response.writeHead(500).end())
  })
  const address = await listen(server, port, '0.0.0.0')
  return {
    port: address,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
