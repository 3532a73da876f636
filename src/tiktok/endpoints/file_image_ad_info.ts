import type { JsonObject } from '../../core/json.ts'
import type { Endpoint } from '../endpoint.ts'
import { ENTITIES_BYTES_MAX, parseEntities } from '../entity_list.ts'
import type { ListPage } from '../read_pages.ts'

export interface FileImageAdInfoParams {
  readonly advertiser_id: string
  /** At most 100. */
  readonly image_ids: readonly string[]
}

/** Images by their ids. */
export const fileImageAdInfo: Endpoint<FileImageAdInfoParams, ListPage<JsonObject>> = {
  method: 'GET',
  path: '/file/image/ad/info/',
  docs: 'TikTok API for Business v1.3, Image, Get image info',
  answerBytesMax: ENTITIES_BYTES_MAX,
  parse: parseEntities('list', 'image_id'),
}
