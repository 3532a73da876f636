import type { JsonObject } from '../../core/json.ts'
import type { Endpoint } from '../endpoint.ts'
import { ENTITIES_BYTES_MAX, namesOf, parseEntities } from '../entity_list.ts'
import type { ListPage } from '../read_pages.ts'

export interface AdvertiserInfoParams {
  /** At most 100. */
  readonly advertiser_ids: readonly string[]
}

/** Ad accounts by their ids: name, currency, time zone, status. Contact fields come masked. */
export const advertiserInfo: Endpoint<AdvertiserInfoParams, ListPage<JsonObject>> = {
  method: 'GET',
  path: '/advertiser/info/',
  docs: 'TikTok API for Business v1.3, Ad account, Get ad account details',
  answerBytesMax: ENTITIES_BYTES_MAX,
  parse: parseEntities('list', 'advertiser_id'),
}

/** Most ids that one call takes. */
export const ADVERTISERS_PER_CALL = 100

/** What TikTok documents of an ad account, older fields included. */
export const ADVERTISER_FIELDS: ReadonlySet<string> = namesOf(`
  advertiser_id owner_bc_id rejection_reason name timezone display_timezone company industry address country
  currency contacter email cellphone_number telephone_number language license_no license_url description
  status role advertiser_account_type can_use_custom_identity ads_only_mode company_name_editable create_time
  balance promotion_area promotion_center_city promotion_center_province brand license_city id rejected_reason
`)
