/**
 * The advertising world: who advertises, with what, since when, and how well it goes. Built by `generate.ts` as a pure
 * function of its size and seed. It holds the future too: an entity exists once the clock has reached its `createdAt`
 * (`state.ts` tells what it looks like at a moment), so the world grows while the simulator runs.
 */

/** A calendar day of the advertiser's zone, as days since 1970-01-01; `calendar.ts` turns it into text. */
export type Day = number

/** An advertising world. Never mutated: a change makes a new one. */
export interface AdWorld {
  readonly seed: number
  /** In the order of their ids. */
  readonly advertisers: readonly Advertiser[]
  /** What was changed by hand, by the id of the entity, oldest first. */
  readonly changes: ReadonlyMap<string, readonly Change[]>
}

/** One ad account. The lists are newest first, and made when they are first read. */
export interface Advertiser {
  readonly advertiser_id: string
  readonly name: string
  readonly currency: string
  /** Digits after the point in amounts of this currency. */
  readonly currencyDigits: number
  /** How many units of the currency make a dollar, roughly. */
  readonly perDollar: number
  /** With the sign turned round, as TikTok has it: `Etc/GMT+5` is five hours behind UTC. */
  readonly timezone: string
  /** IANA name; days are counted in this zone. */
  readonly display_timezone: string
  readonly country: string
  readonly language: string
  readonly isDenied: boolean
  readonly createdAt: number
  readonly campaigns: readonly Campaign[]
  readonly adGroups: readonly AdGroup[]
  /** One for each `ad_id`: ads, and the creatives of upgraded Smart+ ads. */
  readonly ads: readonly Ad[]
  readonly smartPlusAds: readonly SmartPlusAd[]
  readonly videos: readonly Video[]
  readonly images: readonly Image[]
  readonly audiences: readonly Audience[]
  readonly identities: readonly Identity[]
}

/** When things happen to an entity, in ms. What lies ahead of the clock has not happened yet. */
export interface Timeline {
  readonly createdAt: number
  /** It is edited again and again at this distance; null never. Each edit is a new version. */
  readonly editEveryMs: number | null
  readonly disabledAt: number | null
  readonly deletedAt: number | null
}

/** What campaign, ad group, ad and Smart+ ad have in common. */
export interface Entity {
  /** 19 digits, greater for what is newer; unique in the world. */
  readonly id: string
  readonly name: string
  readonly timeline: Timeline
}

/** What somebody did to an entity; `at` in ms. */
export interface Change {
  readonly at: number
  readonly name?: string
  readonly operation?: 'ENABLE' | 'DISABLE' | 'DELETE'
  readonly budget?: number
}

/** How the space is bought: by auction, or ahead with reach and frequency or for the first screen. */
export type BuyingType = 'AUCTION' | 'RESERVATION_RF' | 'RESERVATION_TOP_VIEW'
/** SMART_PLUS is the legacy one; only of an upgraded one's ads is `ad_id` the creative. */
export type Automation = 'MANUAL' | 'SMART_PLUS' | 'UPGRADED_SMART_PLUS'

/** Where conversions happen; `none` for goals that are met on TikTok itself (clicks, views, reach). */
export type Leg = 'web' | 'app' | 'shop' | 'lead' | 'none'

/** A step of the funnel as TikTok's metrics call it, and how many of those before it take it. */
export interface FunnelStep {
  /** Name of the count metric, such as `complete_payment`. */
  readonly metric: string
  /** Share of the step before; of the clicks for the first. */
  readonly share: number
  /** Whether it carries money. */
  readonly hasValue: boolean
}

/** What a campaign is for, as TikTok puts it, and what follows for its figures. */
export interface Goal {
  readonly objective_type: string
  readonly optimization_goal: string
  /** What is optimised for within the goal, such as `SHOPPING`; null when the goal says it all. */
  readonly optimization_event: string | null
  readonly billing_event: string
  readonly promotion_type: string
  readonly leg: Leg
  /** In order; the metric that counts as `conversion` is `converts`. */
  readonly funnel: readonly FunnelStep[]
  /** The step that is the conversion, or null when the goal has none (then conversion metrics are "-"). */
  readonly converts: string | null
  /** The metric that TikTok calls the result: `clicks`, `reach`, `conversion` .. */
  readonly result: string
}

/** A campaign: what for, how bought, by whom steered. */
export interface Campaign extends Entity {
  readonly advertiser: Advertiser
  readonly goal: Goal
  readonly buyingType: BuyingType
  readonly automation: Automation
  readonly origin: 'TT_ADS_PLATFORM' | 'PROMOTE'
  /** The campaign has the budget and its ad groups have none. */
  readonly isBudgetOptimised: boolean
  /** A day's budget, in the account's currency. Edits move it; see `state.ts`. */
  readonly dailyBudget: number
  /** Oldest first. */
  readonly adGroups: readonly AdGroup[]
}

/** How long after a click or view a conversion still counts for an ad. */
export interface AttributionWindows {
  /** Days as TikTok writes them: `SEVEN_DAYS`; `OFF` for none. */
  readonly click: 'OFF' | 'ONE_DAY' | 'SEVEN_DAYS' | 'FOURTEEN_DAYS' | 'TWENTY_EIGHT_DAYS'
  readonly view: 'OFF' | 'ONE_DAY' | 'SEVEN_DAYS'
  readonly engagedView: 'ONE_DAY' | 'SEVEN_DAYS' | 'FOURTEEN_DAYS'
  readonly eventCount: 'EVERY' | 'ONCE' | 'UNSET'
}

/** An ad group: whom it is shown to, when, and how its conversions are counted. */
export interface AdGroup extends Entity {
  readonly campaign: Campaign
  readonly startsAt: number
  /** End of the schedule; null runs on. */
  readonly endsAt: number | null
  readonly dailyBudget: number
  readonly windows: AttributionWindows
  /** Where the ads are shown, the largest first: two-letter codes. */
  readonly countries: readonly string[]
  readonly placements: readonly string[]
  readonly age_groups: readonly string[]
  readonly gender: 'GENDER_UNLIMITED' | 'GENDER_FEMALE' | 'GENDER_MALE'
  readonly operating_systems: readonly string[]
  readonly languages: readonly string[]
  /** Index into the identities of the advertiser. */
  readonly identity: number
  /** Oldest first. */
  readonly ads: readonly Ad[]
}

/** How an ad does. All figures follow from these, the ad's seed and the day. */
export interface Delivery {
  /** 32 bits, different for every ad. */
  readonly seed: number
  readonly firstDay: Day
  /** Last day with delivery; null runs on. Changes by hand may end it earlier: see `lastDayOf` in `state.ts`. */
  readonly lastDay: Day | null
  /** What it spends on a usual day, in the account's currency. */
  readonly dailySpend: number
  /** Price of a thousand impressions, in the account's currency. */
  readonly cpm: number
  /** Clicks per impression. */
  readonly clickRate: number
  /** How good it is at conversions: a factor on the shares of the funnel, about 1. */
  readonly conversionFactor: number
  /** What one purchase is worth on average, in the account's currency. */
  readonly orderValue: number
  /** 0 to 1: how long people watch, and how much they like it. */
  readonly quality: number
}

/** What has an `ad_id`: an ad, or a creative of an upgraded Smart+ ad. */
export interface Ad extends Entity {
  readonly adGroup: AdGroup
  /** The ad this creative belongs to in upgraded Smart+ campaigns (`smart_plus_ad_id`, `ad_id_v2`), else null. */
  readonly smartPlusAd: SmartPlusAd | null
  readonly delivery: Delivery
  readonly ad_format: 'SINGLE_VIDEO' | 'SINGLE_IMAGE' | 'CAROUSEL_ADS'
  /** Index into the advertiser's videos or images. */
  readonly material: number
  /** A post of an account of the advertiser, not an ad of its own. */
  readonly isSpark: boolean
}

/** An ad of an upgraded Smart+ campaign: several creatives, of which TikTok chooses. */
export interface SmartPlusAd extends Entity {
  readonly adGroup: AdGroup
  readonly creatives: readonly Ad[]
}

/** A video file; `duration` in seconds, `size` in bytes. */
export interface Video {
  readonly video_id: string
  readonly material_id: string
  readonly file_name: string
  readonly createdAt: number
  readonly width: number
  readonly height: number
  readonly duration: number
  readonly size: number
}

/** An image file; `size` in bytes. */
export interface Image {
  readonly image_id: string
  readonly material_id: string
  readonly file_name: string
  readonly createdAt: number
  readonly width: number
  readonly height: number
  readonly size: number
}

/** A custom audience; `cover_num` people. */
export interface Audience {
  readonly audience_id: string
  readonly name: string
  readonly audience_type: string
  readonly calculate_type: string
  readonly cover_num: number
  readonly createdAt: number
}

/** A name and picture that ads appear under. */
export interface Identity {
  readonly identity_id: string
  readonly identity_type: 'CUSTOMIZED_USER' | 'AUTH_CODE' | 'TT_USER' | 'BC_AUTH_TT'
  readonly display_name: string
}
