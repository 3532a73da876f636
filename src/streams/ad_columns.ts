import { isObject, type Json, type JsonObject } from '../core/json.ts'
import {
  advertiserId,
  column,
  createTime,
  derived,
  type EntityColumn,
  firstGiven,
  updatedAt,
  withoutSignature,
} from './entity_columns.ts'

/**
 * Columns of ads; names are Fivetran's. An ad of upgraded Smart+ is made of lists, of which the first entry stands for all
 * where a column holds one.
 */
export const AD_COLUMNS: readonly EntityColumn[] = [
  column('id', 'ad_id', 'Id of the ad; of upgraded Smart+ the id of a creative, or of the ad it belongs to'),
  updatedAt,
  advertiserId,
  column('id', 'adgroup_id', 'Id of the ad group it belongs to'),
  column('id', 'campaign_id', 'Id of the campaign it belongs to'),
  createTime,
  column('text', 'ad_name', 'Name of the ad'),
  column('text', 'operation_status', 'Whether it is switched on: ENABLE, DISABLE or FROZEN'),
  column('text', 'secondary_status', 'Whether it delivers, and why not; AD_STATUS_DELETE when it was deleted'),
  listed('text', 'ad_text', 'Words of the ad', 'ad_text', 'ad_text_list', 'ad_texts'),
  listed('text', 'call_to_action', 'Words on the button', 'call_to_action', 'call_to_action_list'),
  listed(
    'text',
    'landing_page_url',
    'Page it leads to',
    'landing_page_url',
    'landing_page_url_list',
    'landing_page_urls',
  ),
  listed('text', 'deeplink', 'Place in the app it leads to', 'deeplink', 'deeplink_list'),
  derived(
    'text',
    'click_tracking_url',
    'Address called at each click',
    'click_tracking_url',
    tracking('click_tracking_url'),
  ),
  derived(
    'text',
    'impression_tracking_url',
    'Address called at each impression',
    'impression_tracking_url',
    tracking('impression_tracking_url'),
  ),
  derived('text', 'video_id', 'Video of the ad', 'video_id', (ad) => {
    const { video_info: video } = firstCreative(ad)
    return firstGiven(ad, ['video_id']) ?? (isObject(video) ? video['video_id'] : undefined)
  }),
  column('json', 'image_ids', 'Images of the ad, as a list of ids'),
  column('text', 'tiktok_item_id', 'TikTok post that is shown as the ad'),
  derived(
    'text',
    'identity_type',
    'In whose name it is shown, such as CUSTOMIZED_USER',
    'identity_type',
    (ad) =>
      firstGiven(ad, ['identity_type']) ?? configurationOf(ad)['identity_type'] ?? firstCreative(ad)['identity_type'],
  ),
  column('text', 'display_name', 'Name that is shown with it'),
  derived(
    'text',
    'profile_image_url',
    'Picture that is shown with it, without the signature that expires',
    'profile_image_url',
    (ad) => withoutSignature(ad['profile_image_url']),
  ),
  derived(
    'text',
    'ad_format',
    'Such as SINGLE_VIDEO or CAROUSEL_ADS',
    'ad_format',
    (ad) => firstGiven(ad, ['ad_format']) ?? firstCreative(ad)['ad_format'],
  ),
  column('text', 'app_name', 'Name of the app that is advertised'),
  column('text', 'playable_url', 'Address of the playable; null when it is none'),
  column('id', 'smart_plus_ad_id', 'Ad of upgraded Smart+ it belongs to, or is; reports call it ad_id_v2'),
  column('boolean', 'is_aco', 'Whether TikTok put it together from several materials'),
  column('boolean', 'creative_authorized', 'Whether TikTok may show the creative to other advertisers'),
  column('boolean', 'is_new_structure', 'Whether it has the structure that TikTok calls new'),
]

/** A column with one value, which some ads have as a list, of texts or of objects with the text under the same name. */
function listed(type: 'text', name: string, about: string, field: string, ...lists: readonly string[]): EntityColumn {
  return derived(type, name, about, field, (ad) => {
    const list = firstGiven(ad, lists)
    const first = Array.isArray(list) ? list[0] : undefined
    return firstGiven(ad, [field]) ?? (isObject(first) ? first[field] : first)
  })
}

const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {})

const configurationOf = (ad: JsonObject): JsonObject => objectOf(ad['ad_configuration'])

function firstCreative({ creative_list: creatives }: JsonObject): JsonObject {
  return Array.isArray(creatives) ? objectOf(objectOf(creatives[0])['creative_info']) : {}
}

function tracking(field: string): EntityColumn['from'] {
  return (ad) => firstGiven(ad, [field]) ?? objectOf(configurationOf(ad)['tracking_info'])[field]
}
