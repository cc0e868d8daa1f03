import type { SocketBusiness } from '@waggle/business'
import type { ConnectionRegistry } from '../cluster/connection-registry.ts'
import type { Gatekeeper } from '../gatekeeper.ts'
import { agentsRoom, personRoom } from '../rooms.ts'
import type { ServerSocket } from '../socket-server.ts'
import { connectionOf } from './connection-of.ts'
import { heartbeatOnIdle } from './heartbeat.ts'
import type { PendingAcks } from './pending-acks.ts'
import { cut, watchPushes } from './push.ts'
import { receive } from './receive.ts'
import { leaveViewing } from './viewing.ts'

export interface ConnectDependencies {
  business: SocketBusiness
  registry: Pick<ConnectionRegistry, 'add' | 'remove'>
  gatekeeper: Gatekeeper
  acks: PendingAcks
  nodeId: string
  subscribed(): Promise<void>
  onConnected(socket: ServerSocket): void
  onDisconnected(socket: ServerSocket, reason: string): void
  onError(what: string, error: unknown): void
}

/**
 * A verified connection: joins the rooms it is reached by, answers events, stands in the registry.
 * Listening comes first, so that no event a quick client sends is missed.
 */
export function onConnect(socket: ServerSocket, deps: ConnectDependencies): void {
  const { actor } = socket.data
  receive(socket, deps)
  watchPushes(socket, deps.acks, cut)
  heartbeatOnIdle(socket)
  void socket.join(personRoom(actor.merchantId, actor.id))
  if (actor.kind === 'agent') void socket.join(agentsRoom(actor.merchantId))
  deps.onConnected(socket)

  const registered = register(socket, deps).catch((error) => deps.onError('register', error))
  socket.on('disconnect', (reason) => {
    deps.acks.forget(socket)
    deps.onDisconnected(socket, reason)
    // After registering, whichever way that ended, so that no dead connection stays in the registry.
    registered.then(() => unregister(socket, deps)).catch((error) => deps.onError('unregister', error))
  })
}

async function register(socket: ServerSocket, deps: ConnectDependencies): Promise<void> {
  // A registry that does not answer is written anew when it does; the person is here all the same.
  await deps.registry.add(connectionOf(socket, deps.nodeId)).catch((error) => deps.onError('register', error))
  await deps.subscribed()
  await deps.business.connected(socket.data.actor)
}

async function unregister(socket: ServerSocket, deps: ConnectDependencies): Promise<void> {
  const { actor } = socket.data
  await deps.registry.remove({
    connectionId: socket.id,
    merchantId: actor.merchantId,
    userId: actor.id,
    nodeId: deps.nodeId,
  })
  await leaveViewing(deps.business, socket)
  await deps.business.disconnected(actor)
}
