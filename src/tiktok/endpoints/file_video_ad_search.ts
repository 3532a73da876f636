import type { JsonObject } from '../../core/json.ts'
import type { Endpoint } from '../endpoint.ts'
import { ENTITIES_BYTES_MAX, namesOf, parseEntities } from '../entity_list.ts'
import type { ListPage, PageParams } from '../read_pages.ts'

export interface FileVideoAdSearchParams extends PageParams {
  readonly advertiser_id: string
  /** 1 to 100; 20 when not given. */
  readonly page_size?: number
}

/** The 10,000 newest videos of an advertiser, newest first. */
export const fileVideoAdSearch: Endpoint<FileVideoAdSearchParams, ListPage<JsonObject>> = {
  method: 'GET',
  path: '/file/video/ad/search/',
  docs: 'TikTok API for Business v1.3, Video, Search for videos',
  answerBytesMax: ENTITIES_BYTES_MAX,
  parse: parseEntities('list', 'video_id'),
}

/** What TikTok documents of a video. */
export const VIDEO_FIELDS: ReadonlySet<string> = namesOf(`
  video_cover_url format preview_url signature video_id material_id file_name definition fix_task_id
  displayable allow_download width height bit_rate size fps duration preview_url_expire_time create_time
  modify_time allowed_placements flaw_types
`)
