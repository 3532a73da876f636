import type { JsonObject } from './json.ts'

/**
 * An event as our queue keeps it: the sender's own shape, normalised (ids are text, `timestamp` is corrected for
 * clock skew and is ISO 8601, `messageId` and `receivedAt` are always there).
 */
export interface Event extends JsonObject {
  type: string
  messageId: string
  timestamp: string
  receivedAt: string
}
