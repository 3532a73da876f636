import type { JsonObject } from '../json.ts'
import type { Settings } from '../settings.ts'
import { readTime } from '../world/calendar.ts'
import type { Standing, State } from '../world/state.ts'
import type { Campaign, Entity } from '../world/world.ts'
import { booleanValue, idValue, listValue, oneOfValue, type ReadValue, refuseArgument, textValue } from './arguments.ts'
import type { Row } from './fields.ts'
import { hasPrimary, hasSecondary, type LevelName, primaryStatusValue, secondaryStatusValue } from './statuses.ts'

/** An entity on its way through the filters; each part is worked out only when a filter asks for it. */
export interface Candidate<E extends Entity> {
  readonly entity: E
  readonly campaign: Campaign
  standing(): Standing
  state(): State
  row(): Row
}

/** Whether a candidate passes one filter. */
export type Passes<E extends Entity> = (candidate: Candidate<E>) => boolean

/** Reads the value of one filter into what it lets through. Throws BadArgument. */
export type Filter<E extends Entity> = (value: unknown, name: string) => Passes<E>

/** What may stand in `filtering`, by name. */
export type Filters<E extends Entity> = Readonly<Record<string, Filter<E>>>

/** By up to a hundred ids. */
export const byIds =
  <E extends Entity>(idOf: (entity: E) => string): Filter<E> =>
  (value, name) => {
    const ids = new Set(listValue(idValue)(value, name))
    return ({ entity }) => ids.has(idOf(entity))
  }

/** Names are searched for a part, whatever the case. */
export const byName =
  <E extends Entity>(): Filter<E> =>
  (value, name) => {
    const part = textValue(value, name).toLowerCase()
    return ({ state }) => state().name.toLowerCase().includes(part)
  }

const timeValue: ReadValue<number> = (value, name) =>
  readTime(textValue(value, name)) ?? refuseArgument(name, 'not a valid datetime, expected YYYY-MM-DD HH:MM:SS')

/** Made at this time or later (UTC). */
export const createdFrom =
  <E extends Entity>(): Filter<E> =>
  (value, name) => {
    const from = timeValue(value, name)
    return ({ entity }) => entity.timeline.createdAt >= from
  }

/** Made at this time or earlier (UTC). */
export const createdTo =
  <E extends Entity>(): Filter<E> =>
  (value, name) => {
    const to = timeValue(value, name)
    return ({ entity }) => entity.timeline.createdAt <= to
  }

/** Changed at this time or later (UTC). */
export const modifiedAfter =
  <E extends Entity>(): Filter<E> =>
  (value, name) => {
    const after = timeValue(value, name)
    return ({ state }) => state().modifiedAt >= after
  }

/** The value of one of the row's own fields. */
export const byField =
  <E extends Entity>(read: ReadValue<string | boolean>, field: string): Filter<E> =>
  (value, name) => {
    const wanted = read(value, name)
    return ({ row }) => row()[field] === wanted
  }

/** One of several values of one of the row's own fields. */
export const byFieldIn =
  <E extends Entity>(field: string): Filter<E> =>
  (value, name) => {
    const wanted: readonly unknown[] = listValue(textValue)(value, name)
    return ({ row }) => wanted.includes(row()[field])
  }

/** A value that no field of the row tells. */
export const byValue =
  <E extends Entity, T extends string | boolean>(read: ReadValue<T>, toValue: (campaign: Campaign) => T): Filter<E> =>
  (value, name) => {
    const wanted = read(value, name)
    return ({ campaign }) => toValue(campaign) === wanted
  }

/** By the text of one of the row's own fields. */
export const textField = <E extends Entity>(field: string): Filter<E> => byField(textValue, field)
/** By a yes or no among the row's own fields. */
export const booleanField = <E extends Entity>(field: string): Filter<E> => byField(booleanValue, field)

const OBJECTIVES =
  'APP_PROMOTION WEB_CONVERSIONS APP_INSTALL CONVERSIONS REACH TRAFFIC VIDEO_VIEWS CATALOG_SALES PRODUCT_SALES ENGAGEMENT ' +
  'LEAD_GENERATION SHOP_PURCHASES BRAND_CONSIDERATION RF_REACH RF_TRAFFIC RF_VIDEO_VIEW RF_ENGAGEMENT RF_APP_INSTALL TOPVIEW_REACH'
const SMART_PLUS_OBJECTIVES = 'APP_PROMOTION LEAD_GENERATION WEB_CONVERSIONS'
/** Old and new name of one objective: either finds both. */
const SALES = ['WEB_CONVERSIONS', 'CONVERSIONS']

const byObjective =
  <E extends Entity>(objectives: string): Filter<E> =>
  (value, name) => {
    const wanted = oneOfValue(objectives.split(' '))(value, name)
    const found = SALES.includes(wanted) ? SALES : [wanted]
    return ({ campaign }) => found.includes(campaign.goal.objective_type)
  }

const BUYING_TYPES = ['AUCTION', 'RESERVATION_RF', 'RESERVATION_TOP_VIEW'] as const
const ORIGINS = ['TT_ADS_PLATFORM', 'PROMOTE'] as const

/** `buying_types`; those of RESERVATION_TOP_VIEW are only found by themselves. */
export const buyingTypes: ReadValue<readonly (typeof BUYING_TYPES)[number][]> = (value, name) => {
  const types = listValue(oneOfValue(BUYING_TYPES))(value, name)
  if (types.length > 1 && types.includes('RESERVATION_TOP_VIEW')) {
    return refuseArgument(
      name,
      "The value 'RESERVATION_TOP_VIEW' cannot be combined with other enum values for this parameter",
    )
  }
  return types
}

const byBuyingType =
  <E extends Entity>(): Filter<E> =>
  (value, name) => {
    const types: readonly string[] = buyingTypes(value, name)
    return ({ campaign }) => types.includes(campaign.buyingType)
  }

const byOrigin =
  <E extends Entity>(): Filter<E> =>
  (value, name) => {
    const origins: readonly string[] = listValue(oneOfValue(ORIGINS))(value, name)
    return ({ campaign }) => origins.includes(campaign.origin)
  }

const byGoal =
  <E extends Entity>(): Filter<E> =>
  (value, name) => {
    const goal = textValue(value, name)
    return ({ campaign }) => campaign.goal.optimization_goal === goal
  }

const byPrimary =
  <E extends Entity>(level: LevelName): Filter<E> =>
  (value, name) => {
    const primary = primaryStatusValue(level)(value, name)
    return primary === 'STATUS_ALL' ? () => true : ({ standing }) => hasPrimary(standing(), primary)
  }

const bySecondary =
  <E extends Entity>(level: LevelName): Filter<E> =>
  (value, name) => {
    const status = secondaryStatusValue(level)(value, name)
    return status === `${level}_STATUS_ALL` ? () => true : ({ standing }) => hasSecondary(level, standing(), status)
  }

/** Filters of `/smart_plus/campaign|adgroup|ad/get/`. */
export const smartPlusFilters = <E extends Entity>(level: LevelName): Filters<E> => ({
  primary_status: byPrimary(level),
  secondary_status: bySecondary(level),
  objective_type: byObjective(SMART_PLUS_OBJECTIVES),
  creation_filter_start_time: createdFrom(),
  creation_filter_end_time: createdTo(),
})

/** Filters of `/campaign|adgroup|ad/get/` that all three have. */
export const manualFilters = <E extends Entity>(level: LevelName): Filters<E> => ({
  ...smartPlusFilters<E>(level),
  objective_type: byObjective(OBJECTIVES),
  buying_types: byBuyingType(),
  campaign_system_origins: byOrigin(),
  optimization_goal: byGoal(),
})

/** By what the campaign is optimised for. */
export const optimizationGoal = byGoal

/** What holds when `filtering` is silent about it. A secondary status says all about deletion, so it takes the default away. */
function withDefaults<E extends Entity>(filtering: JsonObject, filters: Filters<E>): JsonObject {
  const hasStatus = 'primary_status' in filtering || 'secondary_status' in filtering
  const status = hasStatus ? {} : { primary_status: 'STATUS_NOT_DELETE' }
  if (filters['buying_types'] === undefined) return { ...status, ...filtering }
  const passes = { buying_types: ['AUCTION', 'RESERVATION_RF'], campaign_system_origins: ['TT_ADS_PLATFORM'] }
  return { ...status, ...passes, ...filtering }
}

/** The filters of a request, read and ready. Throws BadArgument; an unknown name only when the world has it so. */
export function readFilters<E extends Entity>(
  filtering: JsonObject,
  filters: Filters<E>,
  { unknown_filter }: Settings,
): readonly Passes<E>[] {
  return Object.entries(withDefaults(filtering, filters)).flatMap(([name, value]) => {
    const filter = Object.hasOwn(filters, name) ? filters[name] : undefined
    if (filter !== undefined) return [filter(value, `filtering.${name}`)]
    return unknown_filter === 'ignore' ? [] : refuseArgument('filter field', `${name} is not supported`)
  })
}
