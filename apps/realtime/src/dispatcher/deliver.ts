import type { Deliver, Delivery } from '@waggle/business'
import { roomOf } from '../rooms.ts'
import type { SocketServer } from '../socket-server.ts'
import type { DeliveryLog } from './delivery-log.ts'

/**
 * Finds the receivers: every connection of a person is in that person's room, and the sharded
 * adapter publishes a room's message only to the workers that hold somebody in it. One emit per
 * room, because an emit to several rooms would go to every worker.
 * @param io a Socket.IO server with the cluster's adapter; it need not hold a socket itself.
 * @param log keeps what was published for a while, for workers that Redis does not bring it; null without Redis.
 * @param count told for every emit.
 */
export function createDeliver(
  io: SocketServer,
  log: Pick<DeliveryLog, 'add'> | null,
  count: (delivery: Delivery, rooms: number) => void,
): Deliver {
  return (deliveries) => {
    for (const delivery of deliveries) {
      const rooms = delivery.to.map(roomOf)
      // Who is in an earlier room has it already: an agent who is in a conversation also views it.
      const reached: string[] = delivery.except === undefined ? [] : [delivery.except]
      for (const room of rooms) {
        const target = io.to(room).except(reached)
        const { name, payload } = delivery.event
        const sender = delivery.volatile ? target.volatile : target
        sender.emit(name, payload as never)
        reached.push(room)
      }
      if (!delivery.volatile) {
        const { name, payload } = delivery.event
        log?.add({ rooms, name, payload, ...(delivery.except === undefined ? {} : { except: delivery.except }) })
      }
      count(delivery, rooms.length)
    }
  }
}
