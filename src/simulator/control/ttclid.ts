import { ControlError } from '../control_error.ts'
import { isDelivering } from '../reports/ad_day.ts'
import { ttclidOf } from '../reports/ttclid.ts'
import { dayOf } from '../world/calendar.ts'
import { exists, lastDayOf } from '../world/state.ts'
import type { Ad, AdWorld } from '../world/world.ts'
import { type Control, numberParam } from './control.ts'

function runsAt(ad: Ad, adWorld: AdWorld, at: number): boolean {
  const zone = ad.adGroup.campaign.advertiser.display_timezone
  return exists(ad, at) && isDelivering(ad, lastDayOf(adWorld, ad), dayOf(at, zone))
}

/**
 * `GET /__simulator/ttclid`: the click id a landing page would get from a click on an ad. `ad_id` names the ad; without it, it
 * is one of the account `advertiser_id` (or any) that sends people to a website and runs at the time, another for each `nth`.
 * `at` (ms) is when the click was, now unless given.
 */
export const makeTtclid: Control = (call, { world, adWorldOf }) => {
  const { query } = call
  const adWorld = adWorldOf(world)
  const at = numberParam(call, 'at', call.at)
  const nth = numberParam(call, 'nth', 0)
  const [adId, advertiserId] = [query.get('ad_id'), query.get('advertiser_id')]
  const accounts = adWorld.advertisers.filter((one) => advertiserId === null || one.advertiser_id === advertiserId)
  const found = accounts
    .flatMap(({ ads }) => ads)
    .filter((ad) =>
      adId === null ? ad.adGroup.campaign.goal.leg === 'web' && runsAt(ad, adWorld, at) : ad.id === adId,
    )
  const ad = found[nth % Math.max(1, found.length)]
  if (ad === undefined)
    throw new ControlError(`Cannot make a ttclid: there is no such ad${adId === null ? ' running at the time' : ''}`)
  const { adGroup } = ad
  return {
    json: {
      ttclid: ttclidOf({ adId: ad.id, clickedAt: at }, nth),
      ad_id: ad.id,
      adgroup_id: adGroup.id,
      campaign_id: adGroup.campaign.id,
      advertiser_id: adGroup.campaign.advertiser.advertiser_id,
      clicked_at: new Date(at).toISOString(),
    },
  }
}
