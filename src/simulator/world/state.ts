import { dayOf } from './calendar.ts'
import { mix } from './draw.ts'
import type { Ad, AdGroup, AdWorld, Campaign, Change, Day, Entity, SmartPlusAd } from './world.ts'

/** What an entity is at a moment, by itself; what its parents are is not looked at. */
export interface State {
  readonly name: string
  readonly operation: 'ENABLE' | 'DISABLE' | 'DELETE'
  /** When it was last changed, in ms; `createdAt` when never. */
  readonly modifiedAt: number
  /** How often it has been edited: 0 for a new one. */
  readonly version: number
  /** A budget somebody has set by hand, or null. */
  readonly budget: number | null
}

const NO_CHANGES: readonly Change[] = []

const changesOf = (world: AdWorld, id: string, now: number): readonly Change[] =>
  world.changes.get(id)?.filter(({ at }) => at <= now) ?? NO_CHANGES

const isPast = (moment: number | null, now: number): moment is number => moment !== null && moment <= now

/** Whether an entity is there at all at a moment: it may have been deleted since, but not be still to come. */
export const exists = (entity: Entity, now: number): boolean => entity.timeline.createdAt <= now

/** An entity at a moment, in ms. */
export function stateOf(world: AdWorld, entity: Entity, now: number): State {
  const { createdAt, editEveryMs, disabledAt, deletedAt } = entity.timeline
  const stopsAt = Math.min(disabledAt ?? Infinity, deletedAt ?? Infinity, now)
  const version = editEveryMs === null ? 0 : Math.max(0, Math.floor((stopsAt - createdAt) / editEveryMs))
  const stops = [disabledAt, deletedAt].filter((moment) => isPast(moment, now))
  let state: State = {
    name: entity.name,
    operation: isPast(deletedAt, now) ? 'DELETE' : isPast(disabledAt, now) ? 'DISABLE' : 'ENABLE',
    modifiedAt: Math.max(createdAt + version * (editEveryMs ?? 0), ...stops),
    version,
    budget: null,
  }
  for (const change of changesOf(world, entity.id, now)) state = afterChange(state, change)
  return state
}

const afterChange = (state: State, { at, name, operation, budget }: Change): State => ({
  name: name ?? state.name,
  operation: operation ?? state.operation,
  modifiedAt: Math.max(state.modifiedAt, Math.floor(at / 1000) * 1000),
  version: state.version,
  budget: budget ?? state.budget,
})

const STEPS = [1, 1.1, 0.9, 1.25, 0.8]

/** What a campaign or ad group may spend a day, in the account's currency; edits move it up and down. */
export function budgetOf(entity: Campaign | AdGroup, state: State): number {
  const { advertiser } = 'advertiser' in entity ? entity : entity.campaign
  const digits = 10 ** advertiser.currencyDigits
  const moved = entity.dailyBudget * STEPS[(mix(entity.timeline.createdAt / 1000) + state.version) % STEPS.length]!
  return state.budget ?? Math.round(moved * digits) / digits
}

/** The first moment after which a hand-made stop holds up to now, or null. */
function stoppedAt(world: AdWorld, entity: Entity): number | null {
  const stops = world.changes.get(entity.id)?.filter(({ operation }) => operation !== undefined) ?? NO_CHANGES
  const lastStart = stops.findLastIndex(({ operation }) => operation === 'ENABLE')
  return stops[lastStart + 1]?.at ?? null
}

/** An ad's last day with delivery, with what was stopped by hand; null runs on, less than `firstDay` never ran. */
export function lastDayOf(world: AdWorld, ad: Ad): Day | null {
  const { lastDay } = ad.delivery
  if (world.changes.size === 0) return lastDay
  const { adGroup, smartPlusAd } = ad
  const { campaign } = adGroup
  const zone = campaign.advertiser.display_timezone
  const days = [ad, smartPlusAd, adGroup, campaign]
    .map((entity) => (entity === null ? null : stoppedAt(world, entity)))
    .flatMap((at) => (at === null ? [] : [dayOf(at, zone)]))
  if (days.length === 0) return lastDay
  return Math.min(lastDay ?? Infinity, ...days)
}

/** Where an entity stands when its parents are looked at too; the first that holds, from the top. */
export type Standing =
  | 'deleted'
  | 'campaign_deleted'
  | 'adgroup_deleted'
  | 'disabled'
  | 'campaign_disabled'
  | 'adgroup_disabled'
  | 'ended'
  | 'not_started'
  | 'delivering'

type Operation = State['operation']

function standing(own: Operation, adGroup: Operation, campaign: Operation): Standing {
  if (own === 'DELETE') return 'deleted'
  if (adGroup === 'DELETE') return 'adgroup_deleted'
  if (campaign === 'DELETE') return 'campaign_deleted'
  if (own === 'DISABLE') return 'disabled'
  if (adGroup === 'DISABLE') return 'adgroup_disabled'
  return campaign === 'DISABLE' ? 'campaign_disabled' : 'delivering'
}

function inSchedule(found: Standing, { startsAt, endsAt }: AdGroup, now: number): Standing {
  if (found !== 'delivering') return found
  if (isPast(endsAt, now)) return 'ended'
  return startsAt > now ? 'not_started' : 'delivering'
}

const operationOf = (world: AdWorld, entity: Entity, now: number) => stateOf(world, entity, now).operation

/** How a campaign stands at a moment, in ms. */
export const campaignStanding = (world: AdWorld, campaign: Campaign, now: number): Standing =>
  standing(operationOf(world, campaign, now), 'ENABLE', 'ENABLE')

/** How an ad group stands at a moment, in ms: with its campaign and its schedule. */
export const adGroupStanding = (world: AdWorld, adGroup: AdGroup, now: number): Standing =>
  inSchedule(
    standing(operationOf(world, adGroup, now), 'ENABLE', operationOf(world, adGroup.campaign, now)),
    adGroup,
    now,
  )

/** How an ad, a creative or a Smart+ ad stands at a moment, in ms: with all that is above it. */
export function adStanding(world: AdWorld, ad: Ad | SmartPlusAd, now: number): Standing {
  const { adGroup } = ad
  const whole = 'smartPlusAd' in ad && ad.smartPlusAd !== null ? operationOf(world, ad.smartPlusAd, now) : 'ENABLE'
  const own = operationOf(world, ad, now)
  const found = standing(
    whole === 'ENABLE' || own === 'DELETE' ? own : whole,
    operationOf(world, adGroup, now),
    operationOf(world, adGroup.campaign, now),
  )
  return inSchedule(found, adGroup, now)
}

/** Whether TikTok counts it as deleted: it is, or something above it. */
export const isDeleted = (found: Standing): boolean =>
  found === 'deleted' || found === 'adgroup_deleted' || found === 'campaign_deleted'
