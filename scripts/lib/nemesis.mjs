import { setTimeout as wait } from 'node:timers/promises'

/**
 * What a fault gets to hurt.
 * @typedef {object} Targets
 * @property {Awaited<ReturnType<typeof import('./start-cluster.mjs').startCluster>>} cluster
 * @property {{ kill(signal: string): void, restart(): Promise<void> }} redis
 * @property {{ kill(signal: string): void, restart(): Promise<void> }} postgres
 * @property {Awaited<ReturnType<typeof import('./chaos-proxy.mjs').startChaosProxy>>} network between the clients and the cluster
 * @property {(name: string) => void} expectEnd this node may end now
 * @property {(name: string) => Promise<void>} ended
 * @property {() => number} random in [0, 1), by the seed
 */

const pick = (random, items) => items[Math.floor(random() * items.length)]
const byRole = (cluster, role) => cluster.nodes.filter((node) => node.role === role)

async function killAndRestart({ cluster, expectEnd, random }, role) {
  const node = pick(random, byRole(cluster, role))
  expectEnd(node.name)
  node.kill('SIGKILL')
  await wait(3_000)
  await cluster.restart(node.name)
}

/** SIGSTOP, a while, SIGCONT. */
async function freeze(target, ms) {
  target.kill('SIGSTOP')
  await wait(ms)
  target.kill('SIGCONT')
}

async function rollingRestart({ cluster, expectEnd, ended }) {
  for (const { name } of [...cluster.nodes]) {
    expectEnd(name)
    // Not the group: a process that ends in order is asked, not killed.
    process.kill(cluster.nodes.find((node) => node.name === name).pid, 'SIGTERM')
    await ended(name)
    await cluster.restart(name)
  }
}

/**
 * The faults by name. `run` resolves when everything works again; `holdSeconds` is how long it takes about;
 * `goals` are upper limits in milliseconds: `recovery` until nothing is held up, `ack` for the slowest share of sends.
 * @type {Record<string, { about: string, smoke?: boolean, holdSeconds: number, goals: { recovery?: number, ackP99?: number },
 *   run(targets: Targets): Promise<void> }>}
 */
export const faults = {
  none: { about: 'nothing happens', holdSeconds: 0, goals: { ackP99: 500 }, run: async () => {} },
  'kill-worker': {
    about: 'kill -9 a worker, under load, of three',
    smoke: true,
    holdSeconds: 4,
    goals: { recovery: 8_000 },
    run: (targets) => killAndRestart(targets, 'worker'),
  },
  'kill-dispatcher': {
    about: 'kill -9 one of two dispatchers',
    smoke: true,
    holdSeconds: 4,
    goals: { recovery: 4_000 },
    run: (targets) => killAndRestart(targets, 'dispatcher'),
  },
  'redis-restart': {
    about: 'Redis killed, back and empty after 0.2 s',
    smoke: true,
    holdSeconds: 1,
    goals: { recovery: 10_000 },
    run: async ({ redis }) => {
      redis.kill('SIGKILL')
      await wait(200)
      await redis.restart()
    },
  },
  'redis-frozen': {
    about: 'Redis stopped for 10 s with its connections open',
    smoke: true,
    holdSeconds: 10,
    goals: { ackP99: 500, recovery: 14_000 },
    run: ({ redis }) => freeze(redis, 10_000),
  },
  'redis-gone': {
    about: 'Redis gone for 120 s',
    holdSeconds: 121,
    goals: { ackP99: 500 },
    run: async ({ redis }) => {
      redis.kill('SIGKILL')
      await wait(120_000)
      await redis.restart()
    },
  },
  'postgres-restart': {
    about: 'PostgreSQL ends at once without flushing anything more, and starts again',
    smoke: true,
    holdSeconds: 2,
    goals: { recovery: 8_000 },
    run: ({ postgres }) => postgres.restart(),
  },
  'postgres-frozen': {
    about: 'PostgreSQL and all its processes stopped for 10 s',
    holdSeconds: 10,
    goals: { recovery: 13_000 },
    run: ({ postgres }) => freeze(postgres, 10_000),
  },
  'worker-stalled': {
    about: 'a worker stopped for 5 s',
    holdSeconds: 5,
    goals: { recovery: 15_000 },
    run: ({ cluster, random }) => freeze(pick(random, byRole(cluster, 'worker')), 5_000),
  },
  'network-flaps': {
    about: 'for 10 s the network loses 30 % of what clients send and cuts every connection each second or so',
    holdSeconds: 11,
    goals: { recovery: 14_000 },
    run: async ({ network, random }) => {
      network.weather.dropUpstream = 0.3
      for (const end = Date.now() + 10_000; Date.now() < end; ) {
        await wait(500 + random() * 1_500)
        network.cutAll()
      }
      network.weather.dropUpstream = 0
      // Connections that lost a part of their handshake would wait for its deadline.
      network.cutAll()
    },
  },
  'frames-replayed': {
    about: 'for 10 s half of what clients send arrives two to four times',
    holdSeconds: 10,
    goals: { ackP99: 500 },
    run: async ({ network }) => {
      network.weather.replay = 0.5
      await wait(10_000)
      network.weather.replay = 0
    },
  },
  'rolling-restart': {
    about: 'SIGTERM to every node in turn, the next when the last is back',
    holdSeconds: 15,
    goals: {},
    run: rollingRestart,
  },
}
