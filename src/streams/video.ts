import type { Stream } from '../core/stream.ts'
import { fileVideoAdInfo } from '../tiktok/endpoints/file_video_ad_info.ts'
import { fileVideoAdSearch, VIDEO_FIELDS } from '../tiktok/endpoints/file_video_ad_search.ts'
import type { Reader } from '../tiktok/reader.ts'
import { readAssets } from './assets.ts'
import { advertiserId, column, createTime } from './entity_columns.ts'
import { entityStream } from './entity_stream.ts'

const IDS_PER_CALL = 60

/** Videos of the advertiser's library. */
export const video: Stream<Reader> = entityStream({
  table: {
    name: 'video',
    about: "Videos of the advertiser's library, and those of its ads",
    mode: 'upsert',
    key: ['advertiser_id', 'video_id'],
    references: [{ columns: ['advertiser_id'], table: 'advertiser', to: ['id'] }],
  },
  columns: [
    column('text', 'video_id', 'Id of the video, as ads name it'),
    advertiserId,
    column('id', 'material_id', 'Id of the material, as reports on materials name it'),
    column('text', 'file_name', 'Name of the file'),
    column('text', 'format', 'Format of the file, such as mp4'),
    column('text', 'definition', 'Quality, such as 720p'),
    column('integer', 'width', 'Width in pixels'),
    column('integer', 'height', 'Height in pixels'),
    column('ratio', 'duration', 'Length in seconds'),
    column('integer', 'fps', 'Frames per second'),
    column('integer', 'bit_rate', 'Bits per second'),
    column('integer', 'size', 'Size in bytes'),
    column('text', 'signature', 'MD5 of the file'),
    column('boolean', 'displayable', 'Whether it can be shown in the library'),
    column('boolean', 'allow_download', 'Whether it may be downloaded'),
    column('json', 'allowed_placements', 'Where it may be shown, as a list'),
    column('json', 'flaw_types', 'What TikTok finds wrong with it, as a list'),
    createTime,
    column('local_time', 'modify_time', 'When it was last changed, in UTC'),
  ],
  callsPerSlice: 1,
  documented: VIDEO_FIELDS,
  fleeting: ['preview_url', 'preview_url_expire_time', 'video_cover_url'],
  read: (reader, { id }) =>
    readAssets(reader, id, {
      search: fileVideoAdSearch,
      idField: 'video_id',
      adFields: ['video_id'],
      idsPerCall: IDS_PER_CALL,
      readByIds: async (ids) => (await reader.call(fileVideoAdInfo, { advertiser_id: id, video_ids: ids })).data.list,
    }),
})
