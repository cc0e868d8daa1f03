import type { Socket } from 'node:net'
import { frame } from './rpc-frames.ts'

/** Writes values; what is written in one turn of the event loop leaves as one packet. */
export function rpcWriter(socket: Socket): (value: unknown) => void {
  let corked = false
  return (value) => {
    if (!socket.writable) return
    if (!corked) {
      corked = true
      socket.cork()
      process.nextTick(() => {
        corked = false
        socket.uncork()
      })
    }
    socket.write(frame(value))
  }
}
