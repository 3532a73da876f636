/** An ad account before its campaigns are made. */
export interface AdvertiserSpec {
  readonly name: string
  readonly currency: string
  /** IANA name of its zone. */
  readonly display_timezone: string
  /** Two letters. */
  readonly country: string
  readonly language: string
  /** `denied`: the account is listed, and every read of it is refused with 40001. */
  readonly permission: 'granted' | 'denied'
  /** How many there are on the day `until`. */
  readonly campaigns: number
  readonly adgroups: number
  /** Counts each `ad_id`, so also the creatives of upgraded Smart+ ads. */
  readonly ads: number
  /** Campaigns that are started in the two years after `until`. */
  readonly campaigns_later: number
}

/** How the advertising world is laid out in time. */
export interface Layout {
  readonly seed: number
  /** The moment at which the counts hold, in ms; entities are spread over the time before it. */
  readonly until: number
  /** How far back the oldest campaign goes. */
  readonly days: number
}
