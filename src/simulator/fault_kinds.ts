/** Faults that can be ordered, each with what happens. Unless it says otherwise, nothing that was sent is taken in. */
export const FAULTS = {
  throttle: 'Code 40100 under HTTP 200',
  code: 'The given code (and message) under HTTP 200',
  revoked: 'Code 40105, as if the token had been revoked',
  no_permission: 'Code 40001, as if the token had lost its right to the event source or advertiser',
  http_429: 'HTTP 429, with Retry-After when retry_after is given',
  http_500: 'HTTP 500 with a gateway page',
  http_502: 'HTTP 502 with a gateway page',
  http_503: 'HTTP 503 with a gateway page, with Retry-After when retry_after is given',
  html_200: 'HTTP 200 with a page instead of JSON',
  empty_200: 'HTTP 200 with an empty body',
  redirect_302: 'HTTP 302 to another path of the simulator',
  huge: 'Everything is taken in, then a correct answer with bytes (50 MB) of padding',
  timeout: 'No answer at all, or HTTP 504 after after_ms',
  cut_before: 'The connection is cut before anything is taken in',
  cut_after: 'Everything is taken in, then the connection is cut without an answer',
  cut_mid: 'Everything is taken in, then the connection is cut in the middle of the answer',
  shift: 'One more campaign, ad group and ad appear first, so that pages move; the answer itself is right',
  slow: 'Taken in at once, answered latency_ms (1,000) later; other faults still apply',
} as const

export type FaultKind = keyof typeof FAULTS

/** The calls a fault is for; every member that is given must fit. */
export interface FaultMatch {
  /** Part of the path, such as `/event/track/`. */
  readonly path?: string
  readonly token?: string
  readonly event_source_id?: string
  readonly advertiser_id?: string
  /** Only calls for this page of a list. */
  readonly page?: number
}

/** A fault as a test orders it. */
export interface FaultOrder {
  readonly fault: FaultKind
  /** How many calls it hits; until deleted when left out. */
  readonly times?: number
  /** Chance for each matching call, 1 when left out. */
  readonly probability?: number
  readonly match?: FaultMatch
  readonly code?: number
  readonly message?: string
  readonly latency_ms?: number
  readonly after_ms?: number
  /** Seconds, or an HTTP date, as it goes into the header. */
  readonly retry_after?: number | string
  readonly bytes?: number
  /** Takes in what was sent before answering with the fault. */
  readonly processed?: boolean
}
