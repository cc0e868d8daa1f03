import type { SocketBusiness } from '@waggle/business'
import { decode, schemas } from '@waggle/shared'
import { viewersRoom } from '../rooms.ts'
import type { ServerSocket } from '../socket-server.ts'

/** An agent's screen shows one conversation at a time: entering one leaves the other. */
export async function setViewing(
  business: Pick<SocketBusiness, 'viewing'>,
  socket: ServerSocket,
  input: unknown,
): Promise<void> {
  const { conversationId } = decode(schemas.viewingInput, input)
  if (conversationId === socket.data.viewing) return
  await leaveViewing(business, socket)
  if (conversationId === null) return
  const { actor } = socket.data
  await business.viewing(actor, conversationId, true, socket.id)
  socket.data.viewing = conversationId
  await socket.join(viewersRoom(actor.merchantId, conversationId))
}

/** Also for a connection that is gone. */
export async function leaveViewing(business: Pick<SocketBusiness, 'viewing'>, socket: ServerSocket): Promise<void> {
  const { viewing, actor } = socket.data
  if (viewing === null) return
  socket.data.viewing = null
  await socket.leave(viewersRoom(actor.merchantId, viewing))
  await business.viewing(actor, viewing, false, socket.id)
}
