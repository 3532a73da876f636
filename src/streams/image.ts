import type { Stream } from '../core/stream.ts'
import { fileImageAdInfo } from '../tiktok/endpoints/file_image_ad_info.ts'
import { fileImageAdSearch, IMAGE_FIELDS } from '../tiktok/endpoints/file_image_ad_search.ts'
import type { Reader } from '../tiktok/reader.ts'
import { readAssets } from './assets.ts'
import { advertiserId, column, createTime } from './entity_columns.ts'
import { entityStream } from './entity_stream.ts'

const IDS_PER_CALL = 100

/** Images of the advertiser's library. */
export const image: Stream<Reader> = entityStream({
  table: {
    name: 'image',
    about: "Images of the advertiser's library, and those of its ads",
    mode: 'upsert',
    key: ['advertiser_id', 'image_id'],
    references: [{ columns: ['advertiser_id'], table: 'advertiser', to: ['id'] }],
  },
  columns: [
    column('text', 'image_id', 'Id of the image, as ads name it'),
    advertiserId,
    column('id', 'material_id', 'Id of the material, as reports on materials name it'),
    column('text', 'file_name', 'Name of the file'),
    column('text', 'format', 'Format of the file, such as jpeg'),
    column('integer', 'width', 'Width in pixels'),
    column('integer', 'height', 'Height in pixels'),
    column('integer', 'size', 'Size in bytes'),
    column('text', 'signature', 'MD5 of the file'),
    column('boolean', 'displayable', 'Whether it can be shown in the library'),
    column('boolean', 'is_carousel_usable', 'Whether it can stand in a carousel'),
    createTime,
    column('local_time', 'modify_time', 'When it was last changed, in UTC'),
  ],
  callsPerSlice: 1,
  documented: IMAGE_FIELDS,
  fleeting: ['url', 'image_url'],
  read: (reader, { id }) =>
    readAssets(reader, id, {
      search: fileImageAdSearch,
      idField: 'image_id',
      adFields: ['image_ids'],
      idsPerCall: IDS_PER_CALL,
      readByIds: async (ids) => (await reader.call(fileImageAdInfo, { advertiser_id: id, image_ids: ids })).data.list,
    }),
})
