import { Agent, createServer, request as httpRequest } from 'node:http'
import { connect } from 'node:net'

const GATEWAY_PROBLEM = JSON.stringify({
  type: 'about:blank',
  title: 'No node answers',
  status: 503,
  code: 'unavailable',
})

/** Headers that belong to one connection and are not passed on. */
const HOP_HEADERS = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade']

/** Round robin, beginning after the last one used: every target once, so that a dead one is stepped over. */
function createRotation(targets) {
  let next = 0
  return () => {
    const from = next++ % Math.max(targets.length, 1)
    return [...targets.slice(from), ...targets.slice(0, from)]
  }
}

const forwarded = (request) =>
  [request.headers['x-forwarded-for'], request.socket.remoteAddress].filter(Boolean).join(', ')

/**
 * One address for a cluster on this machine: `/socket.io/` goes to the workers, everything else to the dispatchers,
 * each in turn. The lists are read at every request, so that a node can join or leave while it runs.
 * For trials and tests; in production this is the job of a load balancer.
 * @param {{ workers: { port: number }[], dispatchers: { port: number }[], port?: number }} options `port` 0 takes a free one.
 * @returns {Promise<{ url: string, port: number, stop(): Promise<void> }>}
 */
export async function startFrontProxy({ workers, dispatchers, port = 0 }) {
  const rotate = { workers: createRotation(workers), dispatchers: createRotation(dispatchers) }
  const targetsOf = (path) => (path.startsWith('/socket.io/') ? rotate.workers() : rotate.dispatchers())
  const agent = new Agent({ keepAlive: true, maxSockets: 512 })
  const tunnels = new Set()

  const server = createServer((request, response) => forward(request, response, targetsOf(request.url), agent))
  server.on('upgrade', (request, socket, head) => tunnel(request, socket, head, targetsOf(request.url), tunnels))
  server.keepAliveTimeout = 60_000

  await new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const taken = server.address().port
  return {
    url: `http://127.0.0.1:${taken}`,
    port: taken,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      for (const socket of tunnels) socket.destroy()
      agent.destroy()
      await closed
    },
  }
}

/** Passes a request on; the next target is tried only while none has taken a byte of the body. */
function forward(request, response, targets, agent) {
  const [target, ...others] = targets
  if (!target) return unavailable(response)
  const headers = { ...request.headers, 'x-forwarded-for': forwarded(request) }
  for (const name of HOP_HEADERS) delete headers[name]
  if (request.headers['transfer-encoding']) headers['transfer-encoding'] = 'chunked'

  const onward = httpRequest({
    host: '127.0.0.1',
    port: target.port,
    method: request.method,
    path: request.url,
    headers,
    agent,
  })
  onward.on('response', (answer) => {
    response.writeHead(answer.statusCode, answer.statusMessage, endToEnd(answer.rawHeaders))
    answer.pipe(response)
    // An answer that breaks off must not look like a complete one.
    answer.on('error', () => response.destroy())
  })
  onward.on('error', (error) => {
    request.unpipe(onward)
    if (error.code === 'ECONNREFUSED' && !response.headersSent) return forward(request, response, others, agent)
    if (response.headersSent) return response.destroy()
    unavailable(response)
  })
  response.on('close', () => onward.destroy())
  onward.once('socket', (socket) => {
    if (socket.connecting) socket.once('connect', () => request.pipe(onward))
    else request.pipe(onward)
  })
}

function endToEnd(rawHeaders) {
  const kept = []
  for (let i = 0; i < rawHeaders.length; i += 2) {
    if (!HOP_HEADERS.includes(rawHeaders[i].toLowerCase())) kept.push(rawHeaders[i], rawHeaders[i + 1])
  }
  return kept
}

function unavailable(response) {
  response.writeHead(503, { 'content-type': 'application/problem+json', 'retry-after': '1' }).end(GATEWAY_PROBLEM)
}

/** Repeats the handshake towards a target and from then on only moves bytes. */
function tunnel(request, socket, head, targets, tunnels) {
  const [target, ...others] = targets
  if (!target) return socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n')
  const onward = connect({ host: '127.0.0.1', port: target.port })
  let isOpen = false
  socket.on('error', () => onward.destroy())
  onward.on('error', () => {
    if (isOpen) socket.destroy()
    else tunnel(request, socket, head, others, tunnels)
  })
  onward.on('connect', () => {
    isOpen = true
    for (const end of [socket, onward]) {
      // Small messages have to leave at once.
      end.setNoDelay(true)
      tunnels.add(end)
      end.on('close', () => tunnels.delete(end))
    }
    onward.write(handshake(request))
    if (head.length > 0) onward.write(head)
    socket.pipe(onward).pipe(socket)
    socket.on('close', () => onward.destroy())
    onward.on('close', () => socket.destroy())
  })
}

function handshake(request) {
  const lines = [`${request.method} ${request.url} HTTP/1.1`]
  for (let i = 0; i < request.rawHeaders.length; i += 2) {
    if (request.rawHeaders[i].toLowerCase() === 'x-forwarded-for') continue
    lines.push(`${request.rawHeaders[i]}: ${request.rawHeaders[i + 1]}`)
  }
  return `${lines.join('\r\n')}\r\nX-Forwarded-For: ${forwarded(request)}\r\n\r\n`
}
