import type { Endpoint } from '../endpoints/endpoint.ts'
import type { JsonObject } from '../json.ts'
import { exists, type Standing, stateOf } from '../world/state.ts'
import type { Advertiser, AdWorld, Campaign, Entity } from '../world/world.ts'
import { filteringOf, type Paging, pageOf, pagingOf } from './arguments.ts'
import { endpointOf, type Scene } from './endpoint_of.ts'
import { type Row, trimmed, type Wanted, wantedOf } from './fields.ts'
import { type Candidate, type Filters, type Passes, readFilters } from './filters.ts'

/** One kind of entity and how it is listed. */
export interface Listing<E extends Entity> {
  readonly of: (advertiser: Advertiser) => readonly E[]
  readonly campaignOf: (entity: E) => Campaign
  readonly standingOf: (world: AdWorld, entity: E, now: number) => Standing
  readonly rowOf: (entity: E, scene: Scene) => Row
  /** All names that `fields` may hold. */
  readonly fields: readonly string[]
  readonly filters: Filters<E>
  readonly pageSizeMax: (filtering: JsonObject) => number
  /** Leaves out what is null, always. */
  readonly dropsNulls: boolean
}

const PAGE_SIZE = 10

function candidateOf<E extends Entity>(entity: E, listing: Listing<E>, scene: Scene): Candidate<E> {
  const { adWorld, now } = scene
  return {
    entity,
    campaign: listing.campaignOf(entity),
    standing: () => listing.standingOf(adWorld, entity, now),
    state: () => stateOf(adWorld, entity, now),
    row: () => listing.rowOf(entity, scene),
  }
}

interface Kept {
  readonly key: string
  readonly found: readonly unknown[]
}

const lastOf = new WeakMap<AdWorld, WeakMap<object, Kept>>()

/**
 * All that passes, newest first. The last answer is kept for the pages that follow it: nothing in the world happens
 * but at a whole second, so within one second the answer is the same.
 */
function select<E extends Entity>(
  listing: Listing<E>,
  passes: readonly Passes<E>[],
  text: string,
  scene: Scene,
): readonly E[] {
  const { adWorld, advertiser, now } = scene
  const kept = lastOf.get(adWorld) ?? new WeakMap<object, Kept>()
  lastOf.set(adWorld, kept)
  const key = `${advertiser.advertiser_id} ${Math.floor(now / 1000)} ${text}`
  const last = kept.get(listing)
  if (last?.key === key) return last.found as readonly E[]
  const isWanted = (entity: E) => {
    if (!exists(entity, now)) return false
    const candidate = candidateOf(entity, listing, scene)
    return passes.every((pass) => pass(candidate))
  }
  const found = listing.of(advertiser).filter(isWanted)
  kept.set(listing, { key, found })
  return found
}

interface Query<E extends Entity> {
  readonly passes: readonly Passes<E>[]
  readonly filtering: string
  readonly paging: Paging
  readonly wanted: Wanted
}

/** The endpoint that lists them: filtered, newest first, a page at a time. */
export function listingEndpoint<E extends Entity>(listing: Listing<E>): Endpoint {
  const read = (query: URLSearchParams, { world }: { world: Scene['world'] }): Query<E> => {
    const filtering = filteringOf(query)
    const wanted = wantedOf(query, listing.fields)
    return {
      passes: readFilters(filtering, listing.filters, world.settings),
      filtering: JSON.stringify(filtering),
      paging: pagingOf(query, PAGE_SIZE, listing.pageSizeMax(filtering)),
      wanted: listing.dropsNulls ? { ...wanted, withNulls: false } : wanted,
    }
  }
  return endpointOf(read, ({ passes, filtering, paging, wanted }, scene) => {
    const { items, page_info } = pageOf(select(listing, passes, filtering, scene), paging)
    return { list: items.map((entity) => trimmed(listing.rowOf(entity, scene), wanted)), page_info }
  })
}
