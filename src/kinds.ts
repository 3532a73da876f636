import { z } from 'zod'
import { destinationTypes, senders, warehouseTypes } from './catalog.ts'
import { isObject, type JsonObject } from './core/json.ts'
import { SCHEMA_POLICIES } from './core/schema_policy.ts'
import { secret } from './secret_field.ts'
import { reportSpec } from './streams/report_spec.ts'

/** The kinds of things a person configures. One schema each serves the API, the files, the console's forms and the docs. */

const NAME = /^[a-z0-9][a-z0-9_-]{0,62}$/

export const resourceName = z
  .string()
  .regex(NAME, 'must be 1 to 63 lower-case letters, digits, "-" or "_", beginning with a letter or digit')

const account = z.strictObject({
  access_token: secret
    .optional()
    .describe('Access token of TikTok for Business, pasted or got by signing in; kept encrypted, never shown again.'),
  app_id: z
    .string()
    .regex(/^\d+$/)
    .optional()
    .describe('Developer app to sign in with; BACKBEAT_TIKTOK_APP_ID when left out.'),
  app_secret: secret.optional().describe('Secret of that app; kept encrypted, never shown again.'),
  api_url: z
    .url()
    .default('https://business-api.tiktok.com/open_api/v1.3')
    .describe("Base address of TikTok's API; only TikTok's own hosts and the local TikTok on loopback are allowed."),
  advertiser_id: z
    .string()
    .regex(/^\d+$/)
    .optional()
    .describe('Advertiser the token belongs to; lets the check list its pixels.'),
})

const eventSource = z.strictObject({
  type: z.enum(senders.map(({ type }) => type)).describe('Whose protocol the sender speaks.'),
  write_key: z
    .string()
    .min(8)
    .max(128)
    .regex(/^[\w.-]+$/, 'must be letters, digits, "_", "-" or "."')
    .describe('Tells senders apart; public when it stands in a web page.'),
  allowed_origins: z.array(z.url()).optional().describe('Web pages that may send with this key; any when left out.'),
  strict_keys: z.boolean().default(false).describe('Answer an unknown key with 401 instead of 400.'),
})

const mapping = z.strictObject({
  name: z.string().min(1).max(80).describe('Unique within the sync.'),
  enabled: z.boolean().default(true),
  preset: z
    .string()
    .optional()
    .describe('Preset that gives the trigger, the event and the fields that are not given here.'),
  preset_set: z.enum(['segment', 'segment-classic']).default('segment'),
  when: z.string().optional().describe('Trigger, in FQL, such as event = "Order Completed".'),
  event: z.json().optional().describe('Event name at TikTok: a text, or a directive that computes it.'),
  fields: z.record(z.string(), z.json()).optional().describe('Field mappings; they replace those of the preset.'),
})

const MAPPINGS_MAX = 50

const eventSync = z.strictObject({
  from: z.strictObject({ event_source: resourceName }),
  to: z.strictObject({ destination: resourceName }),
  enabled: z.boolean().default(true).describe('A disabled sync sends nothing; its events wait.'),
  mappings: z
    .array(mapping)
    .max(MAPPINGS_MAX)
    .refine(
      (all) => new Set(all.map(({ name }) => name)).size === all.length,
      'mapping names must be unique within the sync',
    ),
})

const EVERY_MINUTES_MAX = 7 * 24 * 60

const streamSync = z.strictObject({
  from: z.strictObject({
    account: resourceName,
    advertisers: z
      .array(z.string().regex(/^\d+$/, 'must be an advertiser id'))
      .min(1)
      .optional()
      .describe('Ids to read; all that the account reaches, new ones included, when left out.'),
    streams: z
      .array(z.string())
      .min(1)
      .optional()
      .describe('Streams to read, custom reports included; the usual ones when left out.'),
  }),
  to: z.strictObject({
    warehouse: resourceName,
    schema: z
      .string()
      .regex(/^[a-z_][a-z0-9_]{0,62}$/, 'must be 1 to 63 lower-case letters, digits or "_", not beginning with a digit')
      .default('tiktok_ads')
      .describe('Schema or dataset the tables stand in.'),
  }),
  enabled: z.boolean().default(true).describe('A disabled sync runs only when it is told to.'),
  schedule: z
    .union([
      z.strictObject({ cron: z.string(), zone: z.string().default('UTC') }),
      z.strictObject({ every_minutes: z.int().min(5).max(EVERY_MINUTES_MAX) }),
    ])
    .nullable()
    .default({ cron: '30 12 * * *', zone: 'UTC' })
    .describe('When it runs: a cron line with its time zone, or every so many minutes; null: only when told to.'),
  history_days: z.int().min(1).max(3650).default(90).describe('Days the first run reads.'),
  backfill_days: z
    .int()
    .min(0)
    .max(364)
    .default(30)
    .describe('Days before today that each run reads again, since TikTok restates them.'),
  schema_policy: z
    .enum(SCHEMA_POLICIES)
    .default('add_columns')
    .describe('What happens by itself when a table of ours gets another shape.'),
})

/** A sync is told by what it reads from. */
const SYNCS = { event_source: eventSync, account: streamSync } as const

export const KINDS = {
  account,
  event_source: eventSource,
  warehouse: z.discriminatedUnion('type', warehouseTypes.map(({ spec }) => spec) as never),
  report: reportSpec,
  destination: z.discriminatedUnion('type', destinationTypes.map(({ spec }) => spec) as never),
  sync: z.union([eventSync, streamSync]),
} as const

export type Kind = keyof typeof KINDS
export type AccountSpec = z.infer<typeof account>
export type EventSourceSpec = z.infer<typeof eventSource>
export type EventSyncSpec = z.infer<typeof eventSync>
export type StreamSyncSpec = z.infer<typeof streamSync>
export type SyncSpec = EventSyncSpec | StreamSyncSpec
export type MappingSpec = z.infer<typeof mapping>

/** Order in which things may refer to one another: a kind only refers to kinds before it. */
export const KIND_ORDER: readonly Kind[] = ['account', 'event_source', 'warehouse', 'report', 'destination', 'sync']

export const isKind = (text: string): text is Kind => text in KINDS

/** The schema for one spec: of a kind with several forms the one it means to be, so that mistakes are told in its words. */
export function schemaFor(kind: Kind, spec: JsonObject): z.ZodType {
  if (kind !== 'sync') return KINDS[kind]
  const { from } = spec
  return isObject(from) && 'account' in from ? SYNCS.account : SYNCS.event_source
}

/** Whether a stored sync carries events; the others fill warehouse tables. */
export const isEventSync = (spec: JsonObject): boolean => isObject(spec['from']) && 'event_source' in spec['from']

export const isStreamSync = (spec: JsonObject): boolean => isObject(spec['from']) && 'account' in spec['from']

/** Fields of a kind that hold secrets. */
export function secretFieldsOf(kind: Kind): readonly string[] {
  if (kind === 'account') return ['access_token', 'app_secret']
  return kind === 'warehouse' ? [...new Set(warehouseTypes.flatMap(({ secrets }) => secrets))] : []
}
