import { changeWorld } from '../change_world.ts'
import { ControlError } from '../control_error.ts'
import { aboutSettings } from '../settings.ts'
import { forget, type Simulation } from '../simulation.ts'
import { findAdvertiser } from '../world/ad_world.ts'
import type { Deed } from '../world/deeds.ts'
import { exists } from '../world/state.ts'
import type { Advertiser, AdWorld, Entity } from '../world/world.ts'
import { type Control, objectBody } from './control.ts'

function countsOf(advertiser: Advertiser, now: number) {
  const count = (entities: readonly Entity[]) => entities.filter((entity) => exists(entity, now)).length
  return {
    advertiser_id: advertiser.advertiser_id,
    name: advertiser.name,
    currency: advertiser.currency,
    display_timezone: advertiser.display_timezone,
    permission: advertiser.isDenied ? 'denied' : 'granted',
    campaigns: count(advertiser.campaigns),
    adgroups: count(advertiser.adGroups),
    ads: count(advertiser.ads),
    smart_plus_ads: count(advertiser.smartPlusAds),
  }
}

function shown({ world, adWorldOf, clock }: Simulation) {
  const { advertisers } = adWorldOf(world)
  const now = clock.now()
  return {
    ...world,
    summary: advertisers.map((advertiser) => countsOf(advertiser, now)),
    about_settings: aboutSettings(),
  }
}

/**
 * `GET /__simulator/world`: advertisers, tokens, pixels, event sets, apps and settings, what each setting means, and in
 * `summary` what each advertiser has by now.
 */
export const readWorld: Control = (_, simulation) => ({ json: shown(simulation) })

const isThere = ({ advertisers }: AdWorld, id: string) =>
  advertisers.some((advertiser) =>
    [advertiser.campaigns, advertiser.adGroups, advertiser.ads, advertiser.smartPlusAds].some((entities) =>
      entities.some((entity) => entity.id === id),
    ),
  )

function checkDeed(deed: Deed, adWorld: AdWorld): void {
  if (deed.do === 'create_campaign' && findAdvertiser(adWorld, deed.advertiser_id) === null)
    throw new ControlError(`Cannot create a campaign: there is no advertiser "${deed.advertiser_id}"`)
  if (deed.do === 'change' && !isThere(adWorld, deed.id))
    throw new ControlError(`Cannot change the world: there is no campaign, ad group or ad "${deed.id}"`)
}

/** The ids of what the newest deeds have made, campaign by campaign. */
function createdBy(deeds: readonly Deed[], before: AdWorld, after: AdWorld) {
  const touched = new Set(deeds.flatMap((deed) => (deed.do === 'create_campaign' ? [deed.advertiser_id] : [])))
  return [...touched].flatMap((id) => {
    const known = new Set(findAdvertiser(before, id)?.campaigns.map((campaign) => campaign.id))
    return findAdvertiser(after, id)!
      .campaigns.filter((campaign) => !known.has(campaign.id))
      .map((campaign) => ({
        advertiser_id: id,
        campaign_id: campaign.id,
        adgroup_ids: campaign.adGroups.map((adGroup) => adGroup.id),
        ad_ids: campaign.adGroups.flatMap(({ ads }) => ads.map((ad) => ad.id)),
      }))
  })
}

/**
 * `POST /__simulator/world`: a JSON merge patch over the world: `{ "tokens": { "old": { "state": "revoked" } } }`,
 * `{ "advertisers": { "7000000000000000002": { "permission": "denied" } } }`, `{ "advertising": { "ads": 100000 } }`.
 * `do` in it, one thing or a list, happens now: `create_campaign` (`advertiser_id`, `name`, `automation`, `adgroups`,
 * `ads` in each), `rename` (`id`, `name`), `set_budget` (`id`, `budget`), `disable`, `enable` and `delete` (`id`). What
 * was created is in `created`.
 */
export const patchWorld: Control = (call, simulation) => {
  const { adWorldOf, clock, world: before } = simulation
  const after = changeWorld(before, objectBody(call), clock.now())
  const deeds = after.deeds.slice(before.deeds.length)
  if (deeds.length === 0) {
    simulation.world = after
    return { json: shown(simulation) }
  }
  const [unmade, made] = [adWorldOf(before), adWorldOf(after)]
  for (const deed of deeds) checkDeed(deed, made)
  simulation.world = after
  return { json: { ...shown(simulation), created: createdBy(deeds, unmade, made) } }
}

/** `POST /__simulator/reset`: forgets all that was received, the faults and the clock; with `world=1` also changes of the world. */
export const reset: Control = (call, simulation) => {
  forget(simulation)
  if (call.query.get('world') === '1') simulation.world = simulation.firstWorld
  return { json: {} }
}
