import { isObject, type Json, type JsonObject } from '../core/json.ts'
import { MappingError } from './mapping_error.ts'

/** A mapping of Segment's "TikTok Conversions" in our field names, and what a person should know about the change. */
export interface ImportedMapping {
  readonly mapping: JsonObject
  /** The TikTok event it reported, a text or a directive; it stands beside the fields, not among them. */
  readonly event: Json
  readonly notes: readonly string[]
}

/** A field as it was imported; a note when a person should know. */
interface Imported {
  readonly fields: JsonObject
  readonly note?: string
}

/** Our names of Segment's fields, where they differ. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['timestamp', 'event_time'],
  ['phone_number', 'phone'],
])

/** Objects of Segment's whose keys are fields of their own here. */
const GROUPS: ReadonlyMap<string, readonly string[]> = new Map([
  ['address', ['city', 'country', 'state', 'zip_code']],
  ['lead_fields', ['lead_id', 'lead_event_source']],
])

/** What has no place in a mapping here, and why. */
const DROPPED: ReadonlyMap<string, string> = new Map([
  ['event_source', 'the destination says whether events are web, offline or CRM'],
  ['event_spec_type', 'travel_fields and vehicle_fields are sent when they are mapped'],
  ['__segment_internal_sync_mode', 'sync modes belong to audiences'],
  ['__segment_internal_matching_key', 'matching keys belong to audiences'],
  ['onMappingSave', 'nothing is called when a mapping is saved'],
  ['retlOnMappingSave', 'nothing is called when a mapping is saved'],
  ['enable_batching', 'events always travel in batches'],
  ['batch_size', 'the destination knows its own batch size'],
  ['batch_keys', 'the destination knows what may share a request'],
])

const ROOT_DIRECTIVE = '__segment_internal_directive'

/**
 * Translates a mapping as Segment stores it for "TikTok Conversions": its field keys, and its special keys. Directives
 * stay as they are; compiling the result checks them. Throws MappingError when it is not an object of fields.
 */
export function importSegmentMapping(stored: Json): ImportedMapping {
  if (!isObject(stored)) throw new MappingError('mapping.invalid', '', 'a stored mapping is an object of fields')
  const { [ROOT_DIRECTIVE]: root, event, ...rest } = stored
  const imported = Object.entries(rest).map(([key, value]) => importField(key, value))
  const fields = Object.fromEntries(imported.flatMap((one) => Object.entries(one.fields)))
  return {
    mapping: root === undefined ? fields : underRoot(root, fields),
    event: event ?? null,
    notes: imported.flatMap(({ note }) => (note === undefined ? [] : [note])),
  }
}

function importField(key: string, value: Json): Imported {
  const reason = DROPPED.get(key)
  if (reason !== undefined) return { fields: {}, note: `${key} was left out: ${reason}` }
  if (key.startsWith('__segment_internal_'))
    return { fields: {}, note: `${key} was left out: it is internal to Segment` }

  const [group, part] = key.split('.') as [string, string?]
  const parts = GROUPS.get(group)
  if (parts !== undefined) return { fields: part === undefined ? openGroup(parts, value) : { [part]: value } }
  if (key === 'vehicle_fields' && isStructure(value)) return { fields: { [key]: vehicleFields(value) } }
  const name = RENAMED.get(key)
  return name === undefined
    ? { fields: { [key]: value } }
    : { fields: { [name]: value }, note: `${key} is ${name} here` }
}

/** A group that one directive fills as a whole is read key by key out of what the directive gives. */
function openGroup(parts: readonly string[], value: Json): JsonObject {
  if (isStructure(value)) return value
  const read = (part: string): Json => ({
    '@transform': { apply: { group: value }, mapping: { '@path': `$.group.${part}` } },
  })
  return Object.fromEntries(parts.map((part) => [part, read(part)]))
}

/** Segment keeps a mileage and a price range as two flat keys each; on TikTok's wire each is one value. */
function vehicleFields({
  mileage_value: value,
  mileage_unit: unit,
  preferred_price_range_min: least,
  preferred_price_range_max: most,
  ...rest
}: JsonObject): JsonObject {
  return {
    ...rest,
    ...(value === undefined ? {} : { mileage: whenExists(value, unit === undefined ? { value } : { value, unit }) }),
    ...(least === undefined || most === undefined ? {} : { preferred_price_range: whenExists(least, [least, most]) }),
  }
}

function whenExists(exists: Json, result: Json): Json {
  // biome-ignore lint/suspicious/noThenProperty: the word of @if
  return isObject(exists) ? { '@if': { exists, then: result } } : result
}

/** A root directive maps the event before the fields do: they become its `mapping`. */
function underRoot(root: Json, fields: JsonObject): JsonObject {
  const [name, options] = isObject(root) ? (Object.entries(root)[0] ?? []) : []
  if (name === undefined || !isObject(options)) {
    throw new MappingError('mapping.invalid', ROOT_DIRECTIVE, 'must hold one directive with options')
  }
  return { [name]: { ...options, mapping: fields } }
}

function isStructure(value: Json): value is JsonObject {
  return isObject(value) && !Object.keys(value).some((key) => key.startsWith('@'))
}
