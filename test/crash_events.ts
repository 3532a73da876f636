import type { NewEvent } from '../src/store/queue.ts'

/** The event that `crash_sender.ts` hands in under an id: long enough to fill several pages of the disk together. */
export function senderEvent(id: string): NewEvent {
  return {
    source: 'shop',
    messageId: id,
    name: 'Order Completed',
    receivedAt: Date.now(),
    payload: JSON.stringify({ id, filler: id.repeat(200) }),
  }
}
