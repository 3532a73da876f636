import type { JsonObject } from '../core/json.ts'
import type { Endpoint } from '../tiktok/endpoint.ts'
import { adGet } from '../tiktok/endpoints/ad_get.ts'
import { type ListPage, type PageParams, readPages } from '../tiktok/read_pages.ts'
import type { Reader } from '../tiktok/reader.ts'
import { readRegular } from './delivery_passes.ts'
import type { EntityPage } from './entity_stream.ts'

/** TikTok lists no more files than the newest of an advertiser, and says nothing of the others. */
const LISTED_MAX = 10_000
const PAGE_SIZE = 100

export interface AssetsOptions {
  readonly search: Endpoint<{ readonly advertiser_id: string } & PageParams, ListPage<JsonObject>>
  readonly idField: string
  /** Fields of an ad that name such files, one or a list. */
  readonly adFields: readonly string[]
  readonly idsPerCall: number
  readonly readByIds: (ids: readonly string[]) => Promise<readonly JsonObject[]>
}

/** Files of an advertiser: those that are listed, and when the list is full, those of its ads that are not. */
export async function* readAssets(
  reader: Reader,
  advertiserId: string,
  options: AssetsOptions,
): AsyncGenerator<EntityPage> {
  const { search, idField, idsPerCall, readByIds } = options
  const seen = new Set<string>()
  for await (const page of readPages(reader, search, { advertiser_id: advertiserId, page_size: PAGE_SIZE })) {
    for (const item of page.items) seen.add(String(item[idField]))
    yield page
  }
  if (seen.size < LISTED_MAX) return
  const named = await namedInAds(reader, advertiserId, options.adFields)
  const missing = [...named].filter((id) => !seen.has(id))
  for (let from = 0; from < missing.length; from += idsPerCall) {
    yield { items: await readByIds(missing.slice(from, from + idsPerCall)), total: null }
  }
}

async function namedInAds(reader: Reader, advertiserId: string, fields: readonly string[]): Promise<Set<string>> {
  const ads = readRegular(reader, advertiserId, { regular: adGet, topViewPageSize: 1000 }, ['ad_id', ...fields])
  const named = new Set<string>()
  for await (const { items } of ads) {
    for (const id of items.flatMap((ad) => fields.flatMap((field) => ad[field] ?? []))) {
      if (typeof id === 'string' && id !== '') named.add(id)
    }
  }
  return named
}
