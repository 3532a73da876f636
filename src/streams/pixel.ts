import type { Stream } from '../core/stream.ts'
import { PIXEL_FIELDS, pixelListWhole } from '../tiktok/endpoints/pixel_list.ts'
import { readPages } from '../tiktok/read_pages.ts'
import type { Reader } from '../tiktok/reader.ts'
import { advertiserId, column, createTime } from './entity_columns.ts'
import { entityStream } from './entity_stream.ts'

const PAGE_SIZE = 20 // most that /pixel/list/ returns

/** Pixels the advertiser may use. */
export const pixel: Stream<Reader> = entityStream({
  table: {
    name: 'pixel',
    about: 'Pixels the advertiser may use; one that several share has a row for each of them',
    mode: 'upsert',
    key: ['advertiser_id', 'pixel_id'],
    references: [{ columns: ['advertiser_id'], table: 'advertiser', to: ['id'] }],
  },
  columns: [
    column('id', 'pixel_id', 'Id of the pixel, as ad groups name it'),
    advertiserId,
    column('text', 'pixel_code', 'Code of the pixel, as events name it'),
    column('text', 'pixel_name', 'Name of the pixel'),
    column('text', 'pixel_category', 'Kind of business it measures, such as ONLINE_STORE'),
    column('text', 'pixel_setup_mode', 'How it was set up, such as DEVELOPER'),
    column('text', 'partner_name', 'Platform it was set up with'),
    column('boolean', 'enable_first_party_cookies', 'Whether it sets cookies of the shop'),
    column('boolean', 'enable_expanded_data_sharing', 'Whether it shares more than the events themselves'),
    column('json', 'events', 'Events set up for it, as a list of objects'),
    column('json', 'advanced_matching_fields', 'What of a visitor it may match people by'),
    column('json', 'automatic_advanced_matching_fields', 'What of a visitor it gathers by itself'),
    column('json', 'asset_ownership', 'Who owns it'),
    createTime,
  ],
  callsPerSlice: 1,
  documented: PIXEL_FIELDS,
  fleeting: ['pixel_script'],
  read: (reader, { id }) => readPages(reader, pixelListWhole, { advertiser_id: id, page_size: PAGE_SIZE }),
})
