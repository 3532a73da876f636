import { isObject, type Json, type JsonObject } from '../../core/json.ts'
import type { Endpoint } from '../endpoint.ts'
import { ENTITIES_BYTES_MAX } from '../entity_list.ts'

export interface DmpCustomAudienceGetParams {
  readonly advertiser_id: string
  /** At most 100. */
  readonly custom_audience_ids: readonly string[]
  /** Changes of each to list, 1 to 100; 100 when not given. */
  readonly history_size?: number
}

/** Audiences by their ids, each with what its list leaves out: how it is made, and why it is not valid. */
export const dmpCustomAudienceGet: Endpoint<DmpCustomAudienceGetParams, readonly JsonObject[]> = {
  method: 'GET',
  path: '/dmp/custom_audience/get/',
  docs: 'TikTok API for Business v1.3, Audience, Get audience details',
  answerBytesMax: ENTITIES_BYTES_MAX,
  parse,
}

function parse(data: Json): readonly JsonObject[] {
  const list = isObject(data) ? data['list'] : null
  if (!Array.isArray(list)) throw new Error('Cannot read the audiences: there is no list of them')
  return list.map((entry) => {
    const details = isObject(entry) ? entry['audience_details'] : null
    if (!isObject(details) || details['audience_id'] === undefined)
      throw new Error('Cannot read an audience: it has no details')
    return { ...details, audience_id: String(details['audience_id']) }
  })
}
