import type { JsonObject } from '../core/json.ts'
import type { Stream } from '../core/stream.ts'
import { AD_FIELDS, adGet } from '../tiktok/endpoints/ad_get.ts'
import { SMART_PLUS_AD_FIELDS, smartPlusAdGet } from '../tiktok/endpoints/smart_plus_ad_get.ts'
import type { Reader } from '../tiktok/reader.ts'
import { AD_COLUMNS } from './ad_columns.ts'
import { DELIVERY_CALLS, overlay, readDelivery } from './delivery_passes.ts'
import { entityStream } from './entity_stream.ts'

/**
 * Ads, a row for each version that was met. Reports name the creatives of upgraded Smart+ by `ad_id` and their ad by
 * `ad_id_v2`; both have rows here, and those of creatives name their ad in `smart_plus_ad_id`.
 */
export const adHistory: Stream<Reader> = entityStream({
  table: {
    name: 'ad_history',
    about: 'Ads, deleted ones and those of Smart+ included, with a row for each version; join on the newest updated_at',
    mode: 'history',
    key: ['ad_id', 'updated_at'],
    references: [
      { columns: ['advertiser_id'], table: 'advertiser', to: ['id'] },
      { columns: ['campaign_id'], table: 'campaign_history', to: ['campaign_id'] },
      { columns: ['adgroup_id'], table: 'adgroup_history', to: ['adgroup_id'] },
      { columns: ['smart_plus_ad_id'], table: 'ad_history', to: ['ad_id'] },
      { columns: ['advertiser_id', 'video_id'], table: 'video', to: ['advertiser_id', 'video_id'] },
    ],
  },
  columns: AD_COLUMNS,
  callsPerSlice: DELIVERY_CALLS,
  documented: new Set([...AD_FIELDS, ...SMART_PLUS_AD_FIELDS]),
  fleeting: ['profile_image_url'],
  read: (reader, { id }) =>
    readDelivery(reader, id, {
      regular: adGet,
      smartPlus: smartPlusAdGet,
      smartPlusPageSize: 100,
      topViewPageSize: 1000,
      idField: 'ad_id',
      smartPlusIdField: 'smart_plus_ad_id',
      merge: (regular, smartPlus) => overlay(smartPlus && withAdId(smartPlus), regular),
    }),
})

const withAdId = (ad: JsonObject): JsonObject => ({ ...ad, ad_id: ad['smart_plus_ad_id'] ?? null })
