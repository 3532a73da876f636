import { z } from 'zod'
import { destinationTypes, senders } from './catalog.ts'

/** The kinds of things a person configures. One schema each serves the API, the files, the console's forms and the docs. */

const NAME = /^[a-z0-9][a-z0-9_-]{0,62}$/

export const resourceName = z
  .string()
  .regex(NAME, 'must be 1 to 63 lower-case letters, digits, "-" or "_", beginning with a letter or digit')

const secret = z
  .union([
    z.string().min(1),
    z.strictObject({ secret: z.literal(true), hint: z.string(), ref: z.string().nullable() }),
    z.strictObject({ value: z.string().min(1), ref: z.string() }),
  ])
  .meta({ secret: true })

const account = z.strictObject({
  access_token: secret.describe('Access token of TikTok for Business; kept encrypted, never shown again.'),
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

const sync = z.strictObject({
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

export const KINDS = {
  account,
  event_source: eventSource,
  destination: z.discriminatedUnion('type', destinationTypes.map(({ spec }) => spec) as never),
  sync,
} as const

export type Kind = keyof typeof KINDS
export type AccountSpec = z.infer<typeof account>
export type EventSourceSpec = z.infer<typeof eventSource>
export type SyncSpec = z.infer<typeof sync>
export type MappingSpec = z.infer<typeof mapping>

/** Order in which things may refer to one another: a kind only refers to kinds before it. */
export const KIND_ORDER: readonly Kind[] = ['account', 'event_source', 'destination', 'sync']

export const isKind = (text: string): text is Kind => text in KINDS

/** Fields of a kind that hold secrets. */
export function secretFieldsOf(kind: Kind): readonly string[] {
  return kind === 'account' ? ['access_token'] : []
}
