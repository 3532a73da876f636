import type { JsonObject } from '../core/json.ts'
import type { Stream } from '../core/stream.ts'
import { dmpCustomAudienceGet } from '../tiktok/endpoints/dmp_custom_audience_get.ts'
import { CUSTOM_AUDIENCE_FIELDS, dmpCustomAudienceList } from '../tiktok/endpoints/dmp_custom_audience_list.ts'
import { readPages } from '../tiktok/read_pages.ts'
import type { Reader } from '../tiktok/reader.ts'
import { overlay } from './delivery_passes.ts'
import { advertiserId, column, createTime } from './entity_columns.ts'
import { type EntityPage, entityStream } from './entity_stream.ts'

/** Most that /dmp/custom_audience/list/ returns, and most that /dmp/custom_audience/get/ takes. */
const PAGE_SIZE = 100

/** Custom audiences, the advertiser's own and those shared with it. */
export const customAudience: Stream<Reader> = entityStream({
  table: {
    name: 'custom_audience',
    about: "Custom audiences: the advertiser's own and those shared with it",
    mode: 'upsert',
    key: ['advertiser_id', 'audience_id'],
    references: [{ columns: ['advertiser_id'], table: 'advertiser', to: ['id'] }],
  },
  columns: [
    column('id', 'audience_id', 'Id of the audience, as ad groups name it'),
    advertiserId,
    column('text', 'name', 'Name of the audience'),
    column('text', 'audience_type', 'How it came about, such as Customer File', ['audience_type', 'type']),
    column('text', 'audience_sub_type', 'NORMAL, or REACH_FREQUENCY for reservations'),
    column('text', 'calculate_type', 'What people are told by, such as EMAIL_SHA256'),
    column('integer', 'cover_num', 'About how many people it holds'),
    column('boolean', 'is_valid', 'Whether ad groups can use it'),
    column('boolean', 'is_creator', 'Whether the advertiser made it'),
    column('boolean', 'shared', 'Whether it is shared with other advertisers'),
    column('boolean', 'is_expiring', 'Whether it expires within 60 days'),
    column('boolean', 'is_auto_refresh', 'Whether TikTok keeps it up to date'),
    column('text', 'owner_id', 'Who owns it'),
    column('json', 'lookalike_spec', 'How a lookalike is made, and from which audience'),
    column('text', 'rule', 'Rule that says who belongs to it'),
    column('text', 'error_msg', 'Why it is not valid', ['error_msg', 'msg']),
    createTime,
    column('local_time', 'expired_time', 'When it expires, in UTC'),
  ],
  callsPerSlice: 1,
  documented: CUSTOM_AUDIENCE_FIELDS,
  read: readAudiences,
})

/** The list leaves out how an audience is made and what is wrong with it. */
async function* readAudiences(reader: Reader, { id }: { readonly id: string }): AsyncGenerator<EntityPage> {
  const pages = readPages(reader, dmpCustomAudienceList, { advertiser_id: id, page_size: PAGE_SIZE })
  for await (const { items, total } of pages) {
    const details = await readDetails(reader, id, items)
    yield { items: items.map((item) => overlay(item, details.get(String(item['audience_id'])) ?? null)), total }
  }
}

async function readDetails(
  reader: Reader,
  advertiserId: string,
  items: readonly JsonObject[],
): Promise<ReadonlyMap<string, JsonObject>> {
  if (items.length === 0) return new Map()
  const ids = items.map(({ audience_id }) => String(audience_id))
  const params = { advertiser_id: advertiserId, custom_audience_ids: ids, history_size: 1 }
  const { data } = await reader.call(dmpCustomAudienceGet, params)
  return new Map(data.map((audience) => [String(audience['audience_id']), audience]))
}
