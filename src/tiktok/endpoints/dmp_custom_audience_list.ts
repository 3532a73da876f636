import type { JsonObject } from '../../core/json.ts'
import type { Endpoint } from '../endpoint.ts'
import { ENTITIES_BYTES_MAX, namesOf, parseEntities } from '../entity_list.ts'
import type { ListPage, PageParams } from '../read_pages.ts'

export interface DmpCustomAudienceListParams extends PageParams {
  readonly advertiser_id: string
  /** 1 to 100; 10 when not given. */
  readonly page_size?: number
}

/** Audiences of an advertiser, its own and those shared with it, without their details. */
export const dmpCustomAudienceList: Endpoint<DmpCustomAudienceListParams, ListPage<JsonObject>> = {
  method: 'GET',
  path: '/dmp/custom_audience/list/',
  docs: 'TikTok API for Business v1.3, Audience, Get all audiences',
  answerBytesMax: ENTITIES_BYTES_MAX,
  parse: parseEntities('list', 'audience_id'),
}

/** What TikTok documents of an audience, in the list and in the details. */
export const CUSTOM_AUDIENCE_FIELDS: ReadonlySet<string> = namesOf(`
  audience_id name audience_type owner_id rule msg error_msg audience_sub_type calculate_type shared
  is_creator is_valid is_expiring is_auto_refresh cover_num create_time expired_time lookalike_spec type
  audience_enhancement enhancement_status
`)
