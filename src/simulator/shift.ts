import type { Call } from './call.ts'
import { DAY_MS, readDay } from './world/calendar.ts'
import type { Deed } from './world/deeds.ts'
import type { World } from './world.ts'

/** A day before the last one a report is about, so that the campaign has figures there; else the time of the call. */
function creationFor({ path, query, at }: Call): number {
  const last = path.includes('/report/') ? readDay(query.get('end_date') ?? '') : null
  return last === null ? at : Math.min(at, (last - 1) * DAY_MS)
}

/** The world with one more campaign for the advertiser a call asks about, of the kind its path lists. */
export function shifted(world: World, call: Call): World {
  const deed: Deed = {
    do: 'create_campaign',
    at: creationFor(call),
    advertiser_id: call.query.get('advertiser_id') ?? '',
    name: null,
    automation: call.path.includes('/smart_plus/') ? 'UPGRADED_SMART_PLUS' : 'MANUAL',
    adgroups: 1,
    ads: 1,
  }
  return { ...world, deeds: [...world.deeds, deed] }
}
