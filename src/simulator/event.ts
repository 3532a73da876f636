import type { JsonObject } from './json.ts'

/** One event in the shape of the Events API 2.0, after its types were checked. 1.0 events are translated into it. */
export interface TrackedEvent extends JsonObject {
  readonly event: string
  readonly event_time: number
}
