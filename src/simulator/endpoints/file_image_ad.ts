import { listValue, pageOf, pagingOf, required, textValue } from '../entities/arguments.ts'
import { imageRow } from '../entities/assets_rows.ts'
import { endpointOf } from '../entities/endpoint_of.ts'
import type { Endpoint } from './endpoint.ts'

const PAGE_SIZE = 20
const PAGE_SIZE_MAX = 100
const INFO_IDS_MAX = 100

/** `GET /file/image/ad/search/`: an advertiser's images, newest first. Source: API reference, "Search images". */
export const fileImageAdSearch: Endpoint = endpointOf(
  (query) => pagingOf(query, PAGE_SIZE, PAGE_SIZE_MAX),
  (paging, { advertiser, now }) => {
    const there = advertiser.images.filter(({ createdAt }) => createdAt <= now).toReversed()
    const { items, page_info } = pageOf(there, paging)
    return { list: items.map((image) => imageRow(image, now)), page_info }
  },
)

/** `GET /file/image/ad/info/`: the images with these ids, those that exist. Source: API reference, "Get image info". */
export const fileImageAdInfo: Endpoint = endpointOf(
  (query) => required(query, 'image_ids', listValue(textValue, INFO_IDS_MAX)),
  (ids, { advertiser, now }) => ({
    list: advertiser.images
      .filter(({ image_id, createdAt }) => createdAt <= now && ids.includes(image_id))
      .map((image) => imageRow(image, now)),
  }),
)
