import type { JsonObject } from '../../core/json.ts'
import type { Endpoint } from '../endpoint.ts'
import { ENTITIES_BYTES_MAX, parseEntities } from '../entity_list.ts'
import type { ListPage } from '../read_pages.ts'

export interface FileVideoAdInfoParams {
  readonly advertiser_id: string
  /** At most 60. */
  readonly video_ids: readonly string[]
}

/** Videos by their ids. */
export const fileVideoAdInfo: Endpoint<FileVideoAdInfoParams, ListPage<JsonObject>> = {
  method: 'GET',
  path: '/file/video/ad/info/',
  docs: 'TikTok API for Business v1.3, Video, Get video info',
  answerBytesMax: ENTITIES_BYTES_MAX,
  parse: parseEntities('list', 'video_id'),
}
