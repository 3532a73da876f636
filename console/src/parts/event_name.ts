import type { JsonObject } from '../../../src/server/contract.ts'

/** What people call an event: its name for track, the page's name for page, else its type. */
export function eventName(event: JsonObject): string {
  const name = event['event'] ?? event['name'] ?? event['type']
  return typeof name === 'string' && name !== '' ? name : 'Event'
}
