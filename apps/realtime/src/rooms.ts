/**
 * Names of Socket.IO rooms. The merchant is part of each, so that one person working for two
 * merchants never gets one's messages on the other's connection. [TEN1]
 */
import type { Address } from '@waggle/business'

export function personRoom(merchantId: string, id: string): string {
  return `person:${merchantId}:${id}`
}

export function agentsRoom(merchantId: string): string {
  return `agents:${merchantId}`
}

export function viewersRoom(merchantId: string, conversationId: string): string {
  return `viewers:${merchantId}:${conversationId}`
}

export function roomOf(address: Address): string {
  switch (address.kind) {
    case 'person':
      return personRoom(address.merchantId, address.id)
    case 'agents':
      return agentsRoom(address.merchantId)
    case 'viewers':
      return viewersRoom(address.merchantId, address.conversationId)
  }
}
