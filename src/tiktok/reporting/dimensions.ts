import {
  BY_COUNTRY_AT_ONCE,
  CLICKS,
  CORE,
  ENGAGED_VIEWS,
  INSTANT_PAGE,
  INSTANT_PAGE_COUNTS,
  LANDING,
  LIVE,
  RATES_V2,
  RESULTS,
  SHOP,
  SKAN,
  SKAN_CONVERSIONS,
  SOCIAL,
  VIDEO,
} from './metric_families.ts'
import { DATA_LEVELS, type DataLevel } from './report_words.ts'

/** Something rows of a basic or an audience report are told apart by. */
export interface Dimension {
  readonly name: string
  readonly about: string
  readonly kind: 'id' | 'time' | 'breakdown'
  readonly isBasic: boolean
  readonly isAudience: boolean
  readonly levels: readonly DataLevel[]
  /** Hours until TikTok is done with what it breaks down; null: within the hour. */
  readonly latencyHours: number | null
  /** TikTok gives no series of days for it: each day is a report of its own. */
  readonly hasNoDays: boolean
  /** One impression may stand in several rows, so that rows do not add up. */
  readonly overlaps: boolean
  /** Attributes of the object may not stand beside it. */
  readonly isWithoutAttributes: boolean
  /** Dimension that must stand beside it. */
  readonly needs: string | null
  /** Figures that may stand beside it; null: all of the report's. */
  readonly basicMetrics: readonly string[] | null
  readonly audienceMetrics: readonly string[] | null
}

const BELOW_ADVERTISER: readonly DataLevel[] = ['campaign', 'adgroup', 'ad']
const ABOVE_AD: readonly DataLevel[] = ['advertiser', 'campaign', 'adgroup']

const BY_AUDIENCE = [...CORE, ...RATES_V2, ...RESULTS]
const SEEN = [...VIDEO, ...SOCIAL, ...LANDING]
const BY_TAG = [...CORE, ...RATES_V2, ...ENGAGED_VIEWS, ...SEEN]

const NONE = {
  levels: DATA_LEVELS,
  latencyHours: null,
  hasNoDays: false,
  overlaps: false,
  isWithoutAttributes: false,
  needs: null,
  basicMetrics: null,
  audienceMetrics: null,
} as const

type Details = Partial<Omit<Dimension, 'name' | 'about' | 'kind' | 'isBasic' | 'isAudience'>>

const anId = (name: string, level: DataLevel, about: string): Dimension => ({
  ...NONE,
  name,
  about,
  kind: 'id',
  isBasic: true,
  isAudience: true,
  levels: [level],
})

const aTime = (name: string, about: string, isAudience: boolean): Dimension => ({
  ...NONE,
  name,
  about,
  kind: 'time',
  isBasic: true,
  isAudience,
})

const basic = (name: string, about: string, details: Details): Dimension => ({
  ...NONE,
  name,
  about,
  kind: 'breakdown',
  isBasic: true,
  isAudience: false,
  ...details,
})

const audience = (name: string, about: string, details: Details = {}): Dimension => ({
  ...NONE,
  name,
  about,
  kind: 'breakdown',
  isBasic: false,
  isAudience: true,
  latencyHours: 16,
  audienceMetrics: BY_AUDIENCE,
  ...details,
})

const INTEREST = { hasNoDays: true, overlaps: true } as const
const SEARCH = { levels: ABOVE_AD, isWithoutAttributes: true } as const
const TAG = { overlaps: true, audienceMetrics: BY_TAG } as const

const all: readonly Dimension[] = [
  anId('advertiser_id', 'advertiser', 'The advertiser'),
  anId('campaign_id', 'campaign', 'The campaign'),
  anId('adgroup_id', 'adgroup', 'The ad group'),
  anId('ad_id', 'ad', 'The ad; of Upgraded Smart+, the creative'),
  anId('ad_id_v2', 'ad', 'The ad; of Upgraded Smart+, the one that holds the creatives'),
  aTime('stat_time_day', 'Day, in the time zone of the advertiser', true),
  aTime('stat_time_hour', 'Hour, in the time zone of the advertiser', false),
  {
    ...basic('country_code', 'Country or region where the ad was seen', {}),
    isAudience: true,
    basicMetrics: [...CORE, ...SEEN, ...BY_COUNTRY_AT_ONCE],
    audienceMetrics: [...CORE, ...RESULTS, ...SEEN],
  },
  {
    ...basic('ad_type', 'Kind of ad, such as Spark ad or search ad', {}),
    isAudience: true,
    levels: BELOW_ADVERTISER,
    latencyHours: 16,
    basicMetrics: [
      ...[...CORE, ...SEEN, ...ENGAGED_VIEWS, ...SKAN_CONVERSIONS],
      ...['skan_cost_per_conversion', 'skan_conversion_rate'],
    ],
    audienceMetrics: BY_TAG,
  },
  basic('custom_event_type', 'Event that the advertiser defined', { latencyHours: 16 }),
  basic('event_source_id', 'Pixel, app or event set that reported the event', { latencyHours: 16 }),
  basic('minis_id', 'Mini app or game', { latencyHours: 16 }),
  basic('page_id', 'Instant Page or Instant Form', {
    latencyHours: 16,
    basicMetrics: [...CORE, ...INSTANT_PAGE, ...INSTANT_PAGE_COUNTS],
  }),
  basic('component_name', 'Part of an Instant Form', { latencyHours: 16, basicMetrics: [...CORE, ...INSTANT_PAGE] }),
  basic('room_id', 'LIVE', { basicMetrics: [...CORE, ...LIVE, ...SHOP] }),
  basic('post_id', 'Post on TikTok', { latencyHours: 16, basicMetrics: [...CORE, ...LIVE, ...SHOP, ...VIDEO] }),
  basic('image_id', 'Picture of a carousel', { levels: ['ad'], needs: 'ad_id' }),
  basic('video_material_id', 'Video, as material', { levels: ['ad'], needs: 'ad_id' }),
  basic('search_terms', 'What people searched for', {
    ...SEARCH,
    latencyHours: 16,
    basicMetrics: [
      ...[...CLICKS, ...ENGAGED_VIEWS, 'conversion', 'cost_per_conversion', 'conversion_rate', 'real_time_conversion'],
      ...['result', 'cost_per_result', 'result_rate', 'video_play_actions'],
    ],
  }),
  basic('search_keyword', 'Keyword that was bid for', { ...SEARCH, basicMetrics: CLICKS }),
  basic('match_type', 'How the keyword matched', { ...SEARCH, needs: 'search_keyword', basicMetrics: CLICKS }),
  basic('skan_postback_sequence', 'Which of the three messages of SKAdNetwork it is', { basicMetrics: SKAN }),
  audience('age', 'Age band'),
  audience('gender', 'Gender'),
  audience('province_id', 'Province or state; not complete, so rows add up to less than the whole'),
  audience('dma_id', 'Market area in the United States'),
  audience('language', 'Language of the app'),
  audience('platform', 'Operating system'),
  audience('ac', 'Kind of network, such as WIFI'),
  audience('placement', 'App in which the ad was shown', { latencyHours: null }),
  audience('interest_category', 'Interest, first tier, older list', INTEREST),
  audience('interest_category_v2', 'Interest, first tier', INTEREST),
  audience('interest_category_tier2', 'Interest, second tier', INTEREST),
  audience('interest_category_tier3', 'Interest, third tier', INTEREST),
  audience('interest_category_tier4', 'Interest, fourth tier', INTEREST),
  audience('device_brand_id', 'Brand of the device', { hasNoDays: true }),
  audience('behavior_id', 'Kind of behaviour', { latencyHours: 24, overlaps: true }),
  audience('contextual_tag', 'What the video before was about', { overlaps: true }),
  audience('hashtag', 'Hashtag', TAG),
  audience('audience_tags', 'Tag of the audience', TAG),
  audience('additional_interests', 'Further interest', TAG),
  audience('purchase_intention', 'What people mean to buy', { ...TAG, latencyHours: 24 }),
]

/**
 * Every dimension of basic and audience reports, by its name.
 * Source: TikTok API for Business v1.3, Reporting, supported dimensions.
 */
export const dimensions: ReadonlyMap<string, Dimension> = new Map(all.map((dimension) => [dimension.name, dimension]))

const ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  PLAYABLE_MATERIAL: ['playable_id'],
  CATALOG: ['product_id'],
  GMV_MAX: ['item_group_id', 'item_id', 'duration'],
  SMART_PLUS_MATERIAL: [
    ...['smart_plus_ad_id', 'stat_time_week', 'stat_time_month', 'main_material_id', 'ad_text_entity_id'],
    ...['call_to_action_entity_id', 'interactive_add_on_entity_id'],
  ],
}

/** The report of TikTok that alone has a dimension; null when there is none. */
export const reportWithDimension = (name: string): string | null =>
  Object.keys(ELSEWHERE).find((report) => ELSEWHERE[report]!.includes(name)) ?? null

const PAIRS: readonly (readonly [string, string])[] = [
  ['age', 'gender'],
  ['search_keyword', 'match_type'],
]

/** Whether two breakdowns may stand in one report; all others exclude each other. */
export const isPair = (one: string, other: string): boolean =>
  PAIRS.some((pair) => pair.includes(one) && pair.includes(other))
