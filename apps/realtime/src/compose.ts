import { setTimeout as wait } from 'node:timers/promises'
import { type Business, createBusiness, type SocketBusiness } from '@waggle/business'
import { createDatabase, type Database } from '@waggle/database'
import { demoAccounts, demoMerchants, WaggleError } from '@waggle/shared'
import { createCluster } from './cluster/create-cluster.ts'
import { DELIVERIES, type DeliveriesAnswer } from './cluster/deliveries.ts'
import { lastKnownAgents } from './cluster/last-known.ts'
import { LOOK_MS } from './cluster/membership.ts'
import { memorySuspensions } from './cluster/memory-suspensions.ts'
import { connectRedis } from './cluster/redis-clients.ts'
import { redisSuspensions } from './cluster/redis-suspensions.ts'
import { answerCalls, type Call, remoteBusiness } from './cluster/remote-business.ts'
import { RpcClient } from './cluster/rpc-client.ts'
import { createRpcServer } from './cluster/rpc-server.ts'
import type { Config } from './config.ts'
import { createIo } from './create-io.ts'
import { answerDeliveries } from './dispatcher/answer-deliveries.ts'
import { createDeliver } from './dispatcher/deliver.ts'
import { DeliveryLog } from './dispatcher/delivery-log.ts'
import { Callers } from './dispatcher/http/caller.ts'
import { registerApi } from './dispatcher/http/register-api.ts'
import { SettingsError } from './env.ts'
import { createEvents } from './events.ts'
import { createGatekeeper } from './gatekeeper.ts'
import { createHttpApp } from './http-app.ts'
import { listen } from './listen.ts'
import { createLogger } from './logger.ts'
import { serveMetrics } from './metrics-server.ts'
import { createShutdown, type Stop } from './shutdown.ts'
import { webOrigins } from './web-origins.ts'
import { connectionOf } from './worker/connection-of.ts'
import { drain } from './worker/drain.ts'
import { startWorker } from './worker/worker.ts'

export interface Node {
  nodeId: string
  port: number
  rpcPort: number | undefined
  metricsPort: number | undefined
  /** Ids of the nodes that this one knows to live, its own included. */
  nodes(): string[]
  /** Ends in order; resolves when everything has ended. */
  stop(reason: string): Promise<void>
}

/**
 * Puts one node together from its settings: the only file that knows every part. A node with both
 * roles calls the business layer directly; one that is only a worker calls it over RPC.
 * @throws SettingsError for a port that is taken or a database that this node must not use.
 */
export async function compose(config: Config): Promise<Node> {
  const { nodeId, roles } = config
  const log = createLogger(config.LOG_LEVEL, nodeId)
  const events = createEvents(log)
  const origins = webOrigins(config.WEB_PUBLIC_URL)
  const redis = config.REDIS_URL ? connectRedis(config.REDIS_URL, events.failed, () => events.lost()) : null
  const io = createIo(redis, origins)
  const isWorker = roles.has('worker')
  const isDispatcher = roles.has('dispatcher')

  // Listens before the lease that tells the others where; nobody can call earlier than that.
  let answer: Call = () => Promise.reject(new WaggleError('unavailable'))
  const rpc =
    isDispatcher && redis
      ? createRpcServer(config.secret, (method, params) => answer(method, params), events.failed)
      : null
  const rpcPort = rpc ? await listen(rpc.server, config.RPC_PORT, config.RPC_HOST) : undefined

  const { registry, membership } = createCluster(redis, {
    nodeId,
    roles,
    rpc: rpcPort === undefined ? null : `${config.RPC_HOST}:${rpcPort}`,
    connections: () => [...io.of('/').sockets.values()].map((socket) => connectionOf(socket, nodeId)),
    onError: events.failed,
  })

  const gatekeeper = createGatekeeper(
    {
      connectionsPerUid: config.LIMIT_CONNECTIONS_UID,
      connectionsPerAddress: config.LIMIT_CONNECTIONS_ADDRESS,
      sendsPerUid: config.LIMIT_SENDS_UID,
      logins: config.LIMIT_LOGINS,
    },
    redis ? redisSuspensions(redis.commands) : memorySuspensions(),
    memorySuspensions(),
    events.suspended,
  )
  const deliveryLog = redis ? new DeliveryLog() : null
  const local = isDispatcher ? await createLocal() : null
  const calls = new RpcClient(config.secret, () => membership.nodes)
  const socketBusiness: SocketBusiness = local?.business.socket ?? remoteBusiness(calls.call)

  const app = createHttpApp({
    trustProxy: config.WAGGLE_TRUST_PROXY,
    health: { ready: () => assertReady() },
  })
  if (local) {
    await registerApi(
      app,
      {
        business: local.business,
        gatekeeper,
        cluster: { nodes: () => membership.nodes, connectionsOf: registry.connectionsOf },
        callers: new Callers(local.business, origins),
        realtimeUrl: config.REALTIME_PUBLIC_URL ?? `http://localhost:${config.REALTIME_PORT}`,
        secureCookies: config.WEB_PUBLIC_URL.startsWith('https:'),
        demoAccounts: local.demo ? demoAccounts : null,
      },
      events.failed,
    )
  }
  await app.ready()
  let worker: ReturnType<typeof startWorker> | null = null
  if (isWorker) {
    io.attach(app.server)
    worker = startWorker({
      io,
      business: socketBusiness,
      registry,
      gatekeeper,
      nodeId,
      trustProxy: config.WAGGLE_TRUST_PROXY,
      subscribed: () => redis?.subscribed() ?? Promise.resolve(),
      ackRules: { timeoutMs: config.ACK_TIMEOUT_MS, resends: config.ACK_RESENDS },
      recovery: redis && {
        dispatchers: () =>
          membership.nodes.filter((node) => node.nodeId !== nodeId && node.roles.includes('dispatcher')),
        ask: async (node, question) => (await calls.callNode(node, DELIVERIES, question)) as DeliveriesAnswer,
        subscribed: redis.receives,
      },
      events,
    })
  }

  if (local) {
    const business = answerCalls(local.business.socket)
    const deliveries = deliveryLog && redis ? answerDeliveries(deliveryLog, redis.publishes) : null
    answer = (method, params) => (deliveries && method === DELIVERIES ? deliveries(params) : business(method, params))
  }
  await membership.start()
  const port = await listen(app.server, config.REALTIME_PORT, config.REALTIME_HOST)
  const metrics = config.METRICS_PORT === undefined ? null : await serveMetrics(events.metrics, config.METRICS_PORT)
  events.listening({ port, roles: [...roles], ...(rpcPort === undefined ? {} : { rpcPort }) })

  async function createLocal(): Promise<{ business: Business; database: Database; demo: boolean }> {
    const database = createDatabase({ url: config.DATABASE_URL, poolSize: config.DATABASE_POOL })
    const demo = (await database.stores.directory.merchantByKey(demoMerchants.lotus.key))?.demo ?? false
    if (demo && config.production) {
      await database.close()
      throw new SettingsError('DATABASE_URL points to a database with demo data, which production must not use')
    }
    const deliver = createDeliver(io, deliveryLog, ({ event }, rooms) => events.emitted(event.name, rooms))
    const business = createBusiness({
      stores: database.stores,
      presence: redis ? lastKnownAgents(registry, redis.receives) : registry,
      deliver,
      secret: config.secret,
      onError: (error) => events.failed('business', error),
    })
    return { business, database, demo }
  }

  /** Gives traffic to this node only while it can serve it. */
  async function assertReady(): Promise<void> {
    if (stopping) throw new Error('stopping')
    if (local) await local.database.ping()
    else if (!membership.nodes.some((node) => node.roles.includes('dispatcher'))) throw new Error('no dispatcher')
  }

  let stopping = false
  const steps: Stop[] = [
    { name: 'tell the clients', stop: () => drain(io) },
    { name: 'worker', stop: () => worker?.stop() },
    { name: 'long polls', stop: () => local?.business.events.close() },
    { name: 'lease', stop: () => membership.stop() },
    { name: 'calls', stop: () => finishCalls() },
    { name: 'http', stop: () => app.close() },
    { name: 'business', stop: () => local?.business.close() },
    { name: 'rpc', stop: () => closeRpc() },
    { name: 'database', stop: () => local?.database.close() },
    { name: 'redis', stop: () => redis?.close() },
    { name: 'metrics', stop: () => metrics?.close() },
  ]
  /** The workers need a moment until they know that this node takes no more calls. */
  async function finishCalls(): Promise<void> {
    if (!rpc) return
    await wait(LOOK_MS + 100)
    await rpc.drain()
  }
  async function closeRpc(): Promise<void> {
    calls.close()
    rpc?.closeConnections()
    await new Promise((resolve) => (rpc ? rpc.server.close(resolve) : resolve(undefined)))
  }
  const shutdown = createShutdown(steps, (name, error) => events.failed(`stop: ${name}`, error))

  return {
    nodeId,
    port,
    rpcPort,
    metricsPort: metrics?.port,
    nodes: () => membership.nodes.map(({ nodeId }) => nodeId),
    stop: async (reason) => {
      stopping = true
      const started = Date.now()
      events.stopping(reason)
      await shutdown()
      events.stopped(Date.now() - started)
    },
  }
}
