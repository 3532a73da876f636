import type { z } from 'zod'
import type { Destination, Fields } from './core/destination.ts'
import { webEvents, webEventsFields } from './destinations/web_events.ts'
import { type WebEventsSpec, webEventsSpec } from './destinations/web_events_spec.ts'
import type { Sender } from './event_sources/event_source.ts'
import { rudderstack } from './event_sources/rudderstack.ts'
import { segment } from './event_sources/segment.ts'
import type { TikTok } from './tiktok/client.ts'

/** A kind of destination a person can choose. */
export interface DestinationType {
  readonly type: string
  readonly about: string
  readonly fields: Fields
  readonly spec: z.ZodObject
  /** `spec` has passed the schema above. */
  open(spec: unknown, tiktok: TikTok): Destination
}

/** Everything rows can be sent to. */
export const destinationTypes: readonly DestinationType[] = [
  {
    type: 'web_events',
    about: 'Website conversions, to TikTok Events API.',
    fields: webEventsFields,
    spec: webEventsSpec,
    open: (spec, tiktok) => webEvents({ tiktok, ...toOptions(spec as WebEventsSpec) }),
  },
]

/** Everyone who may send us events. */
export const senders: readonly Sender[] = [segment, rudderstack]

function toOptions(spec: WebEventsSpec) {
  return {
    eventSource: 'web' as const,
    eventSourceId: spec.pixel_code,
    unsupportedCurrency: spec.unsupported_currency,
    ...(spec.default_country && { defaultCountry: spec.default_country }),
    ...(spec.test_event_code && { testEventCode: spec.test_event_code }),
  }
}
