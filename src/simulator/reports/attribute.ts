import type { TrackedEvent } from '../event.ts'
import { countedAs } from '../event_names.ts'
import { isObject, type JsonObject, objectAt, textAt } from '../json.ts'
import { findAdvertiser } from '../world/ad_world.ts'
import { DAY_MS, dayOf } from '../world/calendar.ts'
import { currencyOf } from '../world/currency.ts'
import { exists, lastDayOf } from '../world/state.ts'
import type { Ad, Advertiser, AdWorld } from '../world/world.ts'
import { type EventSourceKind, findAsset, type World } from '../world.ts'
import { isDelivering } from './ad_day.ts'
import { columnOf } from './columns.ts'
import { clickWindowMs } from './journeys.ts'
import { outcomeOf } from './outcomes.ts'
import type { ReceivedFigures } from './received.ts'
import { receivedMetricOf } from './received_metrics.ts'
import { chance, scatter, textSeed } from './scatter.ts'
import { readTtclid } from './ttclid.ts'

/** Of the people who are known by something but carry no click id, so many have seen an ad. */
const KNOWN_SHARE = 0.3
const TRIES = 24

const SALT = { share: 71, delay: 72, ad: 73 } as const

/** An ad that gets the credit, and when it was clicked, in ms. */
interface Credit {
  readonly ad: Ad
  readonly clickedAt: number
}

const adsById = new WeakMap<Advertiser, ReadonlyMap<string, Ad>>()

function findAd(advertiser: Advertiser, id: string): Ad | null {
  let byId = adsById.get(advertiser)
  if (byId === undefined) {
    byId = new Map(advertiser.ads.map((ad) => [ad.id, ad]))
    adsById.set(advertiser, byId)
  }
  return byId.get(id) ?? null
}

function byClick(event: TrackedEvent, ttclid: string, advertiser: Advertiser): Credit | null {
  const click = readTtclid(ttclid)
  const ad = click === null ? null : findAd(advertiser, click.adId)
  if (click === null || ad === null) return null
  const sinceMs = event.event_time * 1000 - click.clickedAt
  return sinceMs >= 0 && sinceMs <= clickWindowMs(ad.adGroup.windows) ? { ad, clickedAt: click.clickedAt } : null
}

const PERSON_KEYS = ['email', 'phone', 'external_id', 'ttp', 'idfa', 'gaid', 'ip']

function textsOf(value: unknown): string | null {
  const [first] = [value].flat()
  return typeof first === 'string' && first !== '' ? first : null
}

/** The same for all events of a person; null for a person nobody can know. */
function personOf(event: TrackedEvent): number | null {
  const user = objectAt(event, 'user')
  const known = PERSON_KEYS.map((key) => textsOf(user[key])).find((value) => value !== null)
  const leadId = textAt(objectAt(event, 'lead'), 'lead_id')
  const key = known ?? leadId
  return key === undefined || key === null ? null : textSeed(key)
}

const isOfSource = (ad: Ad, source: EventSourceKind) =>
  source === 'offline' || source === 'crm' || ad.adGroup.campaign.goal.leg === source

function byChance(
  event: TrackedEvent,
  source: EventSourceKind,
  advertiser: Advertiser,
  adWorld: AdWorld,
): Credit | null {
  const person = personOf(event)
  if (person === null || chance(person, SALT.share) >= KNOWN_SHARE) return null
  const clickedAt = event.event_time * 1000 - Math.floor(DAY_MS * 3 * chance(person, SALT.delay) ** 4)
  const day = dayOf(clickedAt, advertiser.display_timezone)
  for (let nth = 0; nth < TRIES; nth++) {
    const ad = advertiser.ads[scatter(person, SALT.ad + nth) % Math.max(1, advertiser.ads.length)]
    if (ad === undefined) return null
    const isFound = isOfSource(ad, source) && exists(ad, clickedAt) && isDelivering(ad, lastDayOf(adWorld, ad), day)
    if (isFound && event.event_time * 1000 - clickedAt <= clickWindowMs(ad.adGroup.windows)) return { ad, clickedAt }
  }
  return null
}

const numberOf = (value: unknown): number =>
  typeof value === 'number' || typeof value === 'string' ? Number(value) : 0

/** An event's value in the smallest unit of the account's currency. */
function amountOf(properties: JsonObject, { currency, currencyDigits, perDollar }: Advertiser): number {
  const value = numberOf(properties['value'])
  const given = textAt(properties, 'currency')?.toUpperCase() ?? currency
  const rate = given === currency ? 1 : perDollar / currencyOf(given).perDollar
  return Number.isFinite(value) && value > 0 ? Math.round(value * rate * 10 ** currencyDigits) : 0
}

/** One counted event, where it came in, and when, in ms. */
export interface Counted {
  readonly at: number
  readonly event: TrackedEvent
  readonly source: EventSourceKind
  readonly sourceId: string
}

function creditOf({ event, source }: Counted, advertiser: Advertiser, adWorld: AdWorld): Credit | null {
  const ttclid = textAt(objectAt(event, 'user'), 'ttclid')
  return ttclid === null ? byChance(event, source, advertiser, adWorld) : byClick(event, ttclid, advertiser)
}

/** Older events are out of every window; this also keeps invented times out of the calendar. */
const OLDEST_MS = 35 * DAY_MS

/**
 * Gives an ad the credit for a counted event: the one whose click id it carries or, for a part of the people who can be known
 * by something else, one that was running. Its figures then hold the event, on the day of the click and, where TikTok books
 * in real time, on the day of the event.
 */
export function attribute(counted: Counted, world: World, adWorld: AdWorld, received: ReceivedFigures): void {
  const { event, source, sourceId, at } = counted
  if (Math.abs(at - event.event_time * 1000) > OLDEST_MS) return
  const asset = findAsset(world, source, sourceId)
  const advertiser = asset === null ? null : findAdvertiser(adWorld, asset.advertiser_id)
  const credit = advertiser === null ? null : creditOf(counted, advertiser, adWorld)
  if (advertiser === null || credit === null) return
  const { ad, clickedAt } = credit
  const metric = receivedMetricOf(source, countedAs(event.event, source))
  const booked = outcomeOf(metric.count, ad.adGroup.campaign.goal)
  received.add(ad.id, clickedAt, [...booked.counts, ...booked.totals, ...booked.credits.click], 1)
  received.add(ad.id, event.event_time * 1000, booked.realTime, 1)

  const properties = event['properties']
  const amount = isObject(properties) ? amountOf(properties, advertiser) : 0
  if (amount === 0 || metric.value === null) return
  const own = columnOf(metric.value)
  received.add(ad.id, clickedAt, [...new Set([own, ...booked.values, ...booked.creditValues.click])], amount)
  received.add(ad.id, event.event_time * 1000, booked.realTimeValues, amount)
}
