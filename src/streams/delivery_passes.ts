import { CallError } from '../core/errors.ts'
import type { JsonObject } from '../core/json.ts'
import type { Endpoint } from '../tiktok/endpoint.ts'
import type { EntityFilter } from '../tiktok/entity_list.ts'
import { type ListPage, type PageParams, readPages } from '../tiktok/read_pages.ts'
import type { Reader } from '../tiktok/reader.ts'
import type { EntityPage } from './entity_stream.ts'

/** Campaigns, ad groups and ads: everything there is, deleted ones included, takes several lists. */

interface DeliveryParams extends PageParams {
  readonly advertiser_id: string
  readonly filtering?: EntityFilter
  readonly fields?: readonly string[]
}

type DeliveryEndpoint = Endpoint<DeliveryParams, ListPage<JsonObject>>

/** One list that has to be read to see all. */
interface Pass {
  readonly filtering: EntityFilter
  readonly pageSize: number
}

/** Boosted posts are listed only when asked for, and TopView only when asked for alone. */
function passesOf(topViewPageSize: number): readonly [Pass, ...Pass[]] {
  const primary_status = 'STATUS_ALL'
  return [
    { filtering: { primary_status, buying_types: ['AUCTION', 'RESERVATION_RF'] }, pageSize: 1000 },
    { filtering: { primary_status, buying_types: ['RESERVATION_TOP_VIEW'] }, pageSize: topViewPageSize },
    { filtering: { primary_status, campaign_system_origins: ['PROMOTE'] }, pageSize: 1000 },
  ]
}

export interface Delivery {
  readonly regular: DeliveryEndpoint
  readonly smartPlus: DeliveryEndpoint
  readonly smartPlusPageSize: number
  readonly topViewPageSize: number
  /** Of a regular object. */
  readonly idField: string
  /** The same of a Smart+ object. */
  readonly smartPlusIdField: string
  /** One object from what both lists say of it; either may be missing, not both. */
  merge(regular: JsonObject | null, smartPlus: JsonObject | null): JsonObject
}

/** Calls it takes to see that an advertiser has nothing: three lists and the one of Smart+. */
export const DELIVERY_CALLS = 4

/**
 * Every object of an advertiser. What the Smart+ list says is added to the object of the same id; objects that stand only
 * there come last.
 */
export async function* readDelivery(
  reader: Reader,
  advertiserId: string,
  delivery: Delivery,
): AsyncGenerator<EntityPage> {
  const smartPlus = await readSmartPlus(reader, advertiserId, delivery)
  const seen = new Set<string>()
  for await (const { items } of readRegular(reader, advertiserId, delivery)) {
    const merged = items.map((item) => {
      const id = String(item[delivery.idField])
      const twin = smartPlus.get(id) ?? null
      if (twin) seen.add(id)
      return delivery.merge(item, twin)
    })
    yield { items: merged, total: null }
  }
  const rest = [...smartPlus].filter(([id]) => !seen.has(id)).map(([, item]) => delivery.merge(null, item))
  if (rest.length > 0) yield { items: rest, total: null }
}

/** Every object that the regular endpoint lists, in all passes; with `fields` only these of each. */
export async function* readRegular(
  reader: Reader,
  advertiserId: string,
  { regular, topViewPageSize }: Pick<Delivery, 'regular' | 'topViewPageSize'>,
  fields?: readonly string[],
): AsyncGenerator<EntityPage> {
  const [first, ...others] = passesOf(topViewPageSize)
  const params = { advertiser_id: advertiserId, ...(fields && { fields }) }
  yield* readPages(reader, regular, { ...params, filtering: first.filtering, page_size: first.pageSize })
  for (const { filtering, pageSize } of others) {
    yield* whereOffered(readPages(reader, regular, { ...params, filtering, page_size: pageSize }))
  }
}

async function readSmartPlus(
  reader: Reader,
  advertiserId: string,
  { smartPlus, smartPlusPageSize, smartPlusIdField }: Delivery,
): Promise<ReadonlyMap<string, JsonObject>> {
  const params = {
    advertiser_id: advertiserId,
    filtering: { primary_status: 'STATUS_ALL' as const },
    page_size: smartPlusPageSize,
  }
  const found = new Map<string, JsonObject>()
  for await (const { items } of whereOffered(readPages(reader, smartPlus, params))) {
    for (const item of items) found.set(String(item[smartPlusIdField]), item)
  }
  return found
}

/** A sandbox knows neither Smart+ nor reservations, so there are none to be missed. */
async function* whereOffered<Item>(pages: AsyncIterable<Item>): AsyncGenerator<Item> {
  try {
    yield* pages
  } catch (error) {
    if (!(error instanceof CallError) || error.code !== 'tiktok.denied') throw error
  }
}

/** One object from two, where the second is right wherever it says something. */
export function overlay(under: JsonObject | null, over: JsonObject | null): JsonObject {
  const said = Object.entries(over ?? {}).filter(([name, value]) => value !== null || under?.[name] === undefined)
  return { ...under, ...Object.fromEntries(said) }
}
