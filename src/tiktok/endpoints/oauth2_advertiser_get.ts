import { isObject, type Json } from '../../core/json.ts'
import type { Endpoint } from '../endpoint.ts'
import { ENTITIES_BYTES_MAX, parseEntities } from '../entity_list.ts'

export interface Oauth2AdvertiserGetParams {
  readonly app_id: string
  readonly secret: string
}

export interface GrantedAdvertiser {
  readonly advertiser_id: string
  readonly advertiser_name: string
}

/** Every advertiser the token reaches now; in one answer, however many they are. */
export const oauth2AdvertiserGet: Endpoint<Oauth2AdvertiserGetParams, readonly GrantedAdvertiser[]> = {
  method: 'GET',
  path: '/oauth2/advertiser/get/',
  docs: 'TikTok API for Business v1.3, Authentication, Get authorized ad accounts',
  secrets: ['secret'],
  answerBytesMax: ENTITIES_BYTES_MAX,
  parse,
}

const parseList = parseEntities('list', 'advertiser_id')

function parse(data: Json): readonly GrantedAdvertiser[] {
  // TikTok leaves the list out, or answers with none, when nobody has granted anything any more.
  if (isObject(data) && (data['list'] ?? null) === null) return []
  return parseList(data).list.map(({ advertiser_id, advertiser_name }) => ({
    advertiser_id: String(advertiser_id),
    advertiser_name: typeof advertiser_name === 'string' ? advertiser_name : '',
  }))
}
