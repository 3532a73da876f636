import { isObject, type Json, type JsonObject } from '../core/json.ts'
import type { Stream } from '../core/stream.ts'
import { ADGROUP_FIELDS, adgroupGet } from '../tiktok/endpoints/adgroup_get.ts'
import { SMART_PLUS_ADGROUP_FIELDS, smartPlusAdgroupGet } from '../tiktok/endpoints/smart_plus_adgroup_get.ts'
import type { Reader } from '../tiktok/reader.ts'
import { ADGROUP_COLUMNS } from './adgroup_columns.ts'
import { DELIVERY_CALLS, overlay, readDelivery } from './delivery_passes.ts'
import { entityStream } from './entity_stream.ts'

/** Ad groups, a row for each version that was met. */
export const adgroupHistory: Stream<Reader> = entityStream({
  table: {
    name: 'adgroup_history',
    about: 'Ad groups, deleted ones included, with a row for each version; join on the newest updated_at',
    mode: 'history',
    key: ['adgroup_id', 'updated_at'],
    references: [
      { columns: ['advertiser_id'], table: 'advertiser', to: ['id'] },
      { columns: ['campaign_id'], table: 'campaign_history', to: ['campaign_id'] },
    ],
  },
  columns: ADGROUP_COLUMNS,
  callsPerSlice: DELIVERY_CALLS,
  documented: new Set([...ADGROUP_FIELDS, ...SMART_PLUS_ADGROUP_FIELDS]),
  read: (reader, { id }) =>
    readDelivery(reader, id, {
      regular: adgroupGet,
      smartPlus: smartPlusAdgroupGet,
      smartPlusPageSize: 1000,
      topViewPageSize: 100,
      idField: 'adgroup_id',
      smartPlusIdField: 'adgroup_id',
      merge: (regular, smartPlus) => overlay(smartPlus && withTargeting(smartPlus), regular),
    }),
})

/** Smart+ puts whom it aims at into an object of its own, under the names that other ad groups have them. */
function withTargeting(adgroup: JsonObject): JsonObject {
  const { targeting_spec: targeting, ...rest } = adgroup
  return isObject(targeting) ? overlay(known(targeting), rest) : adgroup
}

const known = (targeting: JsonObject): { [name: string]: Json } =>
  Object.fromEntries(Object.entries(targeting).filter(([name]) => ADGROUP_FIELDS.has(name)))
