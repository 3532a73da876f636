import type { Json, JsonObject } from '../core/json.ts'
import type { Advertiser } from '../core/stream.ts'
import type { Column, ColumnType } from '../core/table.ts'

/** A column of an entity table, and how its value is found in what TikTok gives. */
export interface EntityColumn extends Column {
  readonly from: (entity: JsonObject, advertiser: Advertiser) => Json | undefined
}

/** Names of TikTok's fields, of which the first that is given counts, or a function. */
type From = string | readonly string[] | EntityColumn['from']

/** A column that is filled from the field of its own name, unless told otherwise. It holds no figure to add up. */
export function column(type: ColumnType, name: string, about: string, from: From = name): EntityColumn {
  const fields = typeof from === 'string' ? [from] : from
  return {
    name,
    type,
    about,
    apiField: typeof fields === 'function' ? null : (fields[0] ?? null),
    totals: null,
    latencyHours: null,
    from: typeof fields === 'function' ? fields : (entity) => firstGiven(entity, fields),
  }
}

/** The same, for a value that is worked out from a field of another name or form. */
export function derived(
  type: ColumnType,
  name: string,
  about: string,
  apiField: string,
  from: EntityColumn['from'],
): EntityColumn {
  return { ...column(type, name, about, from), apiField }
}

/** Whose a row is; TikTok leaves it out where the question named it. */
export const advertiserId: EntityColumn = derived(
  'id',
  'advertiser_id',
  'Advertiser it belongs to',
  'advertiser_id',
  (entity, advertiser) => entity['advertiser_id'] ?? advertiser.id,
)

export const createTime: EntityColumn = column('local_time', 'create_time', 'When it was made, in UTC')

/** Of the objects without any time, which TikTok documents nowhere and yet has sent. */
const NO_TIME = '1970-01-01 00:00:00'

/** Smart+ ads may come without `modify_time`; their rows are kept all the same. */
export const updatedAt: EntityColumn = derived(
  'local_time',
  'updated_at',
  'When it was last changed, in UTC; with the id it tells versions apart',
  'modify_time',
  (entity) => firstGiven(entity, ['modify_time', 'create_time']) ?? NO_TIME,
)

/** The first of these fields that holds something. */
export function firstGiven(entity: JsonObject, fields: readonly string[]): Json | undefined {
  const name = fields.find((field) => {
    const value = entity[field]
    return value !== undefined && value !== null && value !== ''
  })
  return name === undefined ? undefined : entity[name]
}

/** An address without what follows the path, since TikTok signs it there, for hours only. */
export function withoutSignature(url: Json | undefined): Json | undefined {
  return typeof url === 'string' ? url.replace(/[?#].*$/s, '') : url
}
