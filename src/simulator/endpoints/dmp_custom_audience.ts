import { countOf, idValue, listValue, optional, pageOf, pagingOf, required } from '../entities/arguments.ts'
import { audienceDetailRow, audienceRow } from '../entities/assets_rows.ts'
import { endpointOf } from '../entities/endpoint_of.ts'
import type { Endpoint } from './endpoint.ts'

const PAGE_SIZE = 10
const PAGE_SIZE_MAX = 100
const IDS_MAX = 100
const HISTORY_MAX = 100

const ids = listValue(idValue, IDS_MAX)

/** `GET /dmp/custom_audience/list/`: an advertiser's audiences, newest first. Source: OpenAPI definition of TikTok's SDK. */
export const customAudienceList: Endpoint = endpointOf(
  (query) => ({
    wanted: optional(query, 'custom_audience_ids', ids),
    paging: pagingOf(query, PAGE_SIZE, PAGE_SIZE_MAX),
  }),
  ({ wanted, paging }, { advertiser, now }) => {
    const isWanted = ({ audience_id, createdAt }: { audience_id: string; createdAt: number }) =>
      createdAt <= now && (wanted === null || wanted.includes(audience_id))
    const { items, page_info } = pageOf(advertiser.audiences.filter(isWanted).toReversed(), paging)
    return { list: items.map((audience) => audienceRow(audience, advertiser, now)), page_info }
  },
)

/** `GET /dmp/custom_audience/get/`: details and history of audiences. Source: OpenAPI definition of TikTok's SDK. */
export const customAudienceGet: Endpoint = endpointOf(
  (query) => ({
    wanted: required(query, 'custom_audience_ids', ids),
    historySize: countOf(query, 'history_size', HISTORY_MAX, HISTORY_MAX),
  }),
  ({ wanted, historySize }, { advertiser, now }) => ({
    list: advertiser.audiences
      .filter(({ audience_id, createdAt }) => createdAt <= now && wanted.includes(audience_id))
      .map((audience) => audienceDetailRow(audience, advertiser, now, historySize)),
  }),
)
