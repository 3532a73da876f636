import type { z } from 'zod'
import type { Destination, Fields } from './core/destination.ts'
import type { Stream } from './core/stream.ts'
import type { Warehouse } from './core/warehouse.ts'
import { webEvents, webEventsFields } from './destinations/web_events.ts'
import { type WebEventsSpec, webEventsSpec } from './destinations/web_events_spec.ts'
import type { Sender } from './event_sources/event_source.ts'
import { rudderstack } from './event_sources/rudderstack.ts'
import { segment } from './event_sources/segment.ts'
import { entityStreams } from './streams/entity_streams.ts'
import { reportStreams } from './streams/report_streams.ts'
import type { TikTok } from './tiktok/client.ts'
import type { Reader } from './tiktok/reader.ts'
import { bigqueryType } from './warehouses/bigquery.ts'
import { clickhouseType } from './warehouses/clickhouse.ts'
import { duckdbType } from './warehouses/duckdb.ts'
import { filesType } from './warehouses/files.ts'
import { mysqlType } from './warehouses/mysql.ts'
import { postgresType } from './warehouses/postgres.ts'
import { snowflakeType } from './warehouses/snowflake.ts'

/** A kind of destination a person can choose. */
export interface DestinationType {
  readonly type: string
  readonly about: string
  readonly fields: Fields
  readonly spec: z.ZodObject
  /** `spec` has passed the schema above. */
  open(spec: unknown, tiktok: TikTok): Destination
}

/** A kind of warehouse a person can choose. */
export interface WarehouseType {
  readonly type: string
  readonly about: string
  readonly spec: z.ZodObject
  /** Fields of the spec that are secrets. */
  readonly secrets: readonly string[]
  /** `spec` has passed the schema above, its secrets are text. Opens nothing that costs before it is used. */
  open(spec: unknown, surroundings: WarehouseSurroundings): Warehouse
}

/** What a warehouse on this machine needs to know of us. */
export interface WarehouseSurroundings {
  /** Our own folder; relative paths start here. */
  readonly folder: string
}

/** Where tables can stand. */
export const warehouseTypes: readonly WarehouseType[] = [
  duckdbType,
  postgresType,
  mysqlType,
  filesType,
  clickhouseType,
  bigqueryType,
  snowflakeType,
]

/** Every table TikTok can fill, custom reports apart. */
export const streams: readonly Stream<Reader>[] = [...entityStreams, ...reportStreams]

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
