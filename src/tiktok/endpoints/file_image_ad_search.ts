import type { JsonObject } from '../../core/json.ts'
import type { Endpoint } from '../endpoint.ts'
import { ENTITIES_BYTES_MAX, namesOf, parseEntities } from '../entity_list.ts'
import type { ListPage, PageParams } from '../read_pages.ts'

export interface FileImageAdSearchParams extends PageParams {
  readonly advertiser_id: string
  /** 1 to 100; 20 when not given. */
  readonly page_size?: number
}

/** The 10,000 newest images of an advertiser, newest first. */
export const fileImageAdSearch: Endpoint<FileImageAdSearchParams, ListPage<JsonObject>> = {
  method: 'GET',
  path: '/file/image/ad/search/',
  docs: 'TikTok API for Business v1.3, Image, Search for images',
  answerBytesMax: ENTITIES_BYTES_MAX,
  parse: parseEntities('list', 'image_id'),
}

/** What TikTok documents of an image. */
export const IMAGE_FIELDS: ReadonlySet<string> = namesOf(`
  image_id material_id format url image_url signature file_name is_carousel_usable displayable width height
  size create_time modify_time
`)
