import type { JsonObject } from '../../core/json.ts'
import type { Endpoint } from '../endpoint.ts'
import { ENTITIES_BYTES_MAX, type EntityFilter, namesOf, parseEntities } from '../entity_list.ts'
import type { ListPage, PageParams } from '../read_pages.ts'

export interface SmartPlusAdGetParams extends PageParams {
  readonly advertiser_id: string
  readonly filtering?: EntityFilter
  /** Only these fields of each; all when not given. */
  readonly fields?: readonly string[]
  /** 1 to 100; 10 when not given. */
  readonly page_size?: number
}

/** Upgraded Smart+ ads, each with the creatives, texts and links it is made of. */
export const smartPlusAdGet: Endpoint<SmartPlusAdGetParams, ListPage<JsonObject>> = {
  method: 'GET',
  path: '/smart_plus/ad/get/',
  docs: 'TikTok API for Business v1.3, Smart+, Get upgraded Smart+ ads',
  answerBytesMax: ENTITIES_BYTES_MAX,
  parse: parseEntities('list', 'smart_plus_ad_id'),
}

/** What TikTok gives of an upgraded Smart+ ad. */
export const SMART_PLUS_AD_FIELDS: ReadonlySet<string> = namesOf(`
  ad_configuration ad_name ad_text_list adgroup_id adgroup_name advertiser_id auto_message_list call_to_action_list
  campaign_id campaign_name create_time creative_list deeplink_list interactive_add_on_list landing_page_url_list
  modify_time operation_status page_list secondary_status smart_plus_ad_id
`)
