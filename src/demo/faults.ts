import type { JsonObject } from '../core/json.ts'
import type { Line } from './basket.ts'
import { type Market, marketOf, URUGUAY } from './markets.ts'
import { personOf } from './people.ts'
import { PRODUCTS } from './products.ts'
import { pick, seededRandom, whole } from './random.ts'
import {
  added,
  checkoutStarted,
  orderCompleted,
  orderOf,
  productPage,
  type Shopper,
  type Step,
  viewed,
} from './steps.ts'
import { type Call, callsOf, DIRECT } from './visit.ts'

const DAY_MS = 86_400_000
const WEEK_MS = 7 * DAY_MS

const URUGUAYANS = 6
const URUGUAYAN_EVENTS_WITH_CURRENCY = 4

/** How often each mistake of real senders is in the sample week; never by chance, so that the books can be compared. */
export const PLANTED = {
  /** Events that no try can deliver, by the code of their reason. */
  dead: {
    'tiktok.unsupported_currency': URUGUAYANS * URUGUAYAN_EVENTS_WITH_CURRENCY,
    'mapping.wrong_type': 7,
  },
  /** What is refused at the door, by the code of its reason. */
  rejected: {
    'ingest.event_too_large': 2,
    'ingest.event_user_missing': 4,
    'ingest.event_name_missing': 3,
  },
  /** Events sent twice with one messageId. */
  duplicate: 25,
  /** Orders whose value has no currency; they arrive, and TikTok cannot count their value. */
  withoutCurrency: 6,
  /** Orders of 40 days ago, from a system that was switched on again; they arrive, and are attributed to nothing. */
  old: 3,
} as const

const OLD_DAYS = 40
// Segment's limit, and ours, is 32 KB.
const TOO_LARGE_BYTES = 40_000

/** A mistake that comes in calls: who makes it, how often, and what they do. */
interface Mistake {
  readonly name: string
  readonly count: number
  readonly market: Market
  /** Null for any time of the week. */
  readonly daysAgo: number | null
  steps(shopper: Shopper): Step[]
}

const GERMANY = marketOf('DE')

const MISTAKES: readonly Mistake[] = [
  { name: 'UY', count: URUGUAYANS, market: URUGUAY, daysAgo: null, steps: visitInUruguay },
  { name: 'TEXT', count: PLANTED.dead['mapping.wrong_type'], market: GERMANY, daysAgo: null, steps: orderWithText },
  { name: 'BARE', count: PLANTED.withoutCurrency, market: GERMANY, daysAgo: null, steps: orderWithoutCurrency },
  { name: 'LATE', count: PLANTED.old, market: GERMANY, daysAgo: OLD_DAYS, steps: (shopper) => [order(shopper)] },
]

/** Calls with mistakes that Segment's libraries let through. */
export function faultyCalls(seed: number, now: number): Call[] {
  return MISTAKES.flatMap((mistake) =>
    Array.from({ length: mistake.count }, (_, n) => visitWith(mistake, n, seed, now)).flat(),
  )
}

// Numbers of people: these come after those who do everything right.
const FIRST_PERSON = 5000
const HOUR_MS = DAY_MS / 24

function visitWith({ name, market, daysAgo, steps }: Mistake, n: number, seed: number, now: number): Call[] {
  const random = seededRandom(`${seed} ${name} ${n}`)
  // Otherwise consent would filter some of the mistakes, and their number would be left to chance.
  const person = { ...personOf(seed, FIRST_PERSON + n, market), allowsAdvertising: market.asksConsent ? true : null }
  const shopper = { person, isKnown: person.isCustomer, orderId: `${name}-${n}`, random }
  const agoMs = daysAgo === null ? whole(random, 2 * HOUR_MS, WEEK_MS) : daysAgo * DAY_MS
  return callsOf(person, DIRECT, now - agoMs, steps(shopper))
}

const basketOf = ({ random }: Shopper) => [{ product: pick(random, PRODUCTS), quantity: 1 }]

const order = (shopper: Shopper, change: (order: JsonObject) => JsonObject = (same) => same): Step =>
  orderCompleted(shopper, change(orderOf(shopper, basketOf(shopper))))

/** Always the same steps: a page, and four events with a currency. */
function visitInUruguay(shopper: Shopper): Step[] {
  const basket = basketOf(shopper)
  const [line] = basket as [Line]
  const inPesos = orderOf(shopper, basket)
  return [
    productPage(line.product, shopper),
    viewed(shopper, line.product),
    added(shopper, line),
    checkoutStarted(shopper, inPesos),
    orderCompleted(shopper, inPesos),
  ]
}

/** `59,90 €`, as people read it, where a number belongs. */
function orderWithText(shopper: Shopper): Step[] {
  const asRead = (revenue: unknown) => `${Number(revenue).toFixed(2).replace('.', ',')} €`
  return [order(shopper, (right) => ({ ...right, revenue: asRead(right['revenue']) }))]
}

function orderWithoutCurrency(shopper: Shopper): Step[] {
  return [order(shopper, ({ currency, ...others }) => others)]
}

/** Bodies with mistakes that Segment's libraries would not let through: somebody wrote a sender of their own. */
export function brokenBodies(now: number): JsonObject[] {
  const { rejected } = PLANTED
  const timestamp = new Date(now).toISOString()
  const many = (count: number, body: JsonObject) => Array.from({ length: count }, () => ({ timestamp, ...body }))
  return [
    ...many(rejected['ingest.event_too_large'], {
      type: 'page',
      anonymousId: 'kiosk-1',
      properties: { html: '<p>…</p>'.repeat(TOO_LARGE_BYTES / 10) },
    }),
    ...many(rejected['ingest.event_user_missing'], {
      type: 'track',
      event: 'Order Completed',
      properties: { order_id: 'till-7', revenue: 29.9, currency: 'EUR' },
    }),
    ...many(rejected['ingest.event_name_missing'], { type: 'track', event: '', userId: 'us-10001', properties: {} }),
  ]
}
