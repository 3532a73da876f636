/** What kind of report it is, as people write it. */
export type ReportKind = 'basic' | 'audience'

/** What a row is about, as people write it. */
export type DataLevel = 'advertiser' | 'campaign' | 'adgroup' | 'ad'

/** Time a row covers; `lifetime` is all there ever was. */
export type Aggregation = 'hour' | 'day' | 'lifetime'

export const DATA_LEVELS: readonly DataLevel[] = ['advertiser', 'campaign', 'adgroup', 'ad']

/** How the wire spells a level; every one holds auctions and reservations alike. */
export const WIRE_LEVEL = {
  advertiser: 'AUCTION_ADVERTISER',
  campaign: 'AUCTION_CAMPAIGN',
  adgroup: 'AUCTION_ADGROUP',
  ad: 'AUCTION_AD',
} as const satisfies Record<DataLevel, string>

export type WireLevel = (typeof WIRE_LEVEL)[DataLevel]

/** Dimension that names the object of a level. */
export const ID_DIMENSION = {
  advertiser: 'advertiser_id',
  campaign: 'campaign_id',
  adgroup: 'adgroup_id',
  ad: 'ad_id',
} as const satisfies Record<DataLevel, string>

/** Dimension that cuts a report by time; null when it is not cut. */
export const TIME_DIMENSION = {
  hour: 'stat_time_hour',
  day: 'stat_time_day',
  lifetime: null,
} as const satisfies Record<Aggregation, string | null>

/** A level in running text. */
export const LEVEL_WORDS: Record<DataLevel, string> = {
  advertiser: 'advertisers',
  campaign: 'campaigns',
  adgroup: 'ad groups',
  ad: 'ads',
}

/** The level that the wire means; null for none that we know. */
export const levelOf = (wire: string | null): DataLevel | null =>
  DATA_LEVELS.find((level) => WIRE_LEVEL[level] === wire) ?? null
