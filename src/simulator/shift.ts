import type { Call } from './call.ts'
import type { Deed } from './world/deeds.ts'
import type { World } from './world.ts'

/** The world with one more campaign for the advertiser a call asks about, of the kind its path lists. */
export function shifted(world: World, call: Call): World {
  const deed: Deed = {
    do: 'create_campaign',
    at: call.at,
    advertiser_id: call.query.get('advertiser_id') ?? '',
    name: null,
    automation: call.path.includes('/smart_plus/') ? 'UPGRADED_SMART_PLUS' : 'MANUAL',
    adgroups: 1,
    ads: 1,
  }
  return { ...world, deeds: [...world.deeds, deed] }
}
