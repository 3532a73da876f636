import type { JsonObject } from '../core/json.ts'
import { type Market, marketOf, URUGUAY } from './markets.ts'
import { personOf } from './people.ts'
import { PRODUCTS } from './products.ts'
import { seededRandom, whole } from './random.ts'
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

/** Calls with mistakes that Segment's libraries let through. */
export function faultyCalls(seed: number, now: number): Call[] {
  const germany = marketOf('DE')
  const times = <T>(count: number, make: (number: number) => T[]) =>
    Array.from({ length: count }, (_, n) => make(n)).flat()
  const visit =
    (what: string, market: Market, startsAt: number | null, steps: (shopper: Shopper) => Step[]) => (n: number) => {
      const random = seededRandom(`${seed} ${what} ${n}`)
      // People are numbered; these come after those who do everything right.
      const person = {
        ...personOf(seed, 5000 + n, market),
        allowsAdvertising: market.asksConsent ? true : null,
      }
      const shopper = { person, isKnown: person.isCustomer, orderId: `${what}-${n}`, random }
      return callsOf(person, DIRECT, startsAt ?? now - whole(random, DAY_MS / 12, WEEK_MS), steps(shopper))
    }
  return [
    ...times(URUGUAYANS, visit('UY', URUGUAY, null, visitInUruguay)),
    ...times(PLANTED.dead['mapping.wrong_type'], visit('OLD', germany, null, ordersWithText)),
    ...times(PLANTED.withoutCurrency, visit('NC', germany, null, ordersWithoutCurrency)),
    ...times(
      PLANTED.old,
      visit('LATE', germany, now - OLD_DAYS * DAY_MS, (shopper) => [order(shopper)]),
    ),
  ]
}

const basketOf = ({ random }: Shopper) => [{ product: PRODUCTS[whole(random, 0, PRODUCTS.length - 1)]!, quantity: 1 }]

const order = (shopper: Shopper, changes: (order: JsonObject) => JsonObject = (same) => same): Step =>
  orderCompleted(shopper, changes(orderOf(shopper, basketOf(shopper))))

/** Always the same steps: a page, and events with a currency. */
function visitInUruguay(shopper: Shopper): Step[] {
  const basket = basketOf(shopper)
  const { product } = basket[0]!
  const inPesos = orderOf(shopper, basket)
  return [
    productPage(product, shopper),
    viewed(shopper, product),
    added(shopper, basket[0]!),
    checkoutStarted(shopper, inPesos),
    orderCompleted(shopper, inPesos),
  ]
}

/** A template for people, `59,90 €`, where a number belongs. */
const ordersWithText = (shopper: Shopper): Step[] => [
  order(shopper, (right) => ({ ...right, revenue: `${Number(right['revenue']).toFixed(2).replace('.', ',')} €` })),
]

const ordersWithoutCurrency = (shopper: Shopper): Step[] => [order(shopper, ({ currency, ...others }) => others)]

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
