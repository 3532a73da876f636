import type { JsonObject } from '../core/json.ts'
import { amount, amountText, type Line, productOf, totalsOf } from './basket.ts'
import { type Person, traitsOf } from './people.ts'
import type { Product } from './products.ts'
import { chance, type Random, whole } from './random.ts'

/** One thing a visitor does, as the shop tells it. */
export interface Step {
  readonly type: 'page' | 'track' | 'identify'
  /** Name of the event or page; empty for identify. */
  readonly name: string
  /** Properties, or the traits of an identify call. */
  readonly properties: JsonObject
  /** Where in the shop, such as `/cart`. */
  readonly path: string
  /** Time since the step before. */
  readonly afterMs: number
  /** The shop knows who it is. */
  readonly isKnown: boolean
}

/** Somebody on a visit. */
export interface Shopper {
  readonly person: Person
  readonly isKnown: boolean
  /** Number of the order, should there be one. */
  readonly orderId: string
  readonly random: Random
}

/** Where in the shop a shopper is. Names of events and properties are those of Segment's e-commerce spec. */
type At = Pick<Shopper, 'random' | 'isKnown'>

const PAUSE_MS = [1500, 25_000] as const

const step = (type: Step['type'], name: string, path: string, properties: JsonObject, at: At): Step => ({
  type,
  name,
  properties,
  path,
  isKnown: at.isKnown,
  afterMs: whole(at.random, ...PAUSE_MS),
})

const known = (shopper: Shopper): At => ({ ...shopper, isKnown: true })

const pathOf = ({ sku }: Product): string => `/products/${sku.toLowerCase()}`

export const page = (name: string, path: string, at: At): Step => step('page', name, path, {}, at)

export const searched = (query: string, at: At): Step =>
  step('track', 'Products Searched', `/search?q=${encodeURIComponent(query)}`, { query }, at)

export const productPage = (product: Product, at: At): Step => page('Product', pathOf(product), at)

export const viewed = (shopper: Shopper, product: Product): Step =>
  step('track', 'Product Viewed', pathOf(product), seen(shopper, product), shopper)

export const wished = (shopper: Shopper, product: Product): Step =>
  step('track', 'Product Added to Wishlist', pathOf(product), seen(shopper, product), shopper)

function seen({ person: { market } }: Shopper, product: Product): JsonObject {
  const shown = productOf(market, { product, quantity: 1 })
  return { ...shown, value: shown['price']!, currency: market.currency }
}

const OLD_PAGES = 0.15

/** A product put into the basket; some old pages of the shop write amounts as text. */
export function added(shopper: Shopper, line: Line): Step {
  const { market } = shopper.person
  const write = chance(shopper.random, OLD_PAGES) ? amountText : amount
  const { subtotal } = totalsOf(market, [line], 0)
  const properties = {
    ...productOf(market, line),
    price: write(market, subtotal / line.quantity),
    value: write(market, subtotal),
    currency: market.currency,
  }
  return step('track', 'Product Added', pathOf(line.product), properties, shopper)
}

export function cartViewed(shopper: Shopper, basket: readonly Line[]): Step {
  const products = basket.map((line) => productOf(shopper.person.market, line))
  return step('track', 'Cart Viewed', '/cart', { cart_id: `c-${shopper.orderId}`, products }, shopper)
}

export const checkoutStarted = (shopper: Shopper, order: JsonObject): Step =>
  step('track', 'Checkout Started', '/checkout', order, shopper)

export const signedUp = (shopper: Shopper): Step =>
  step('track', 'Signed Up', '/checkout', { method: 'checkout' }, known(shopper))

export const identified = (shopper: Shopper): Step =>
  step('identify', '', '/checkout', traitsOf(shopper.person), known(shopper))

export const couponApplied = (shopper: Shopper, coupon_name: string): Step =>
  step('track', 'Coupon Applied', '/checkout', { order_id: shopper.orderId, coupon_name }, known(shopper))

export const paymentEntered = (shopper: Shopper, order: JsonObject): Step =>
  step('track', 'Payment Info Entered', '/checkout', { ...order, payment_method: 'card' }, known(shopper))

export function orderCompleted(shopper: Shopper, order: JsonObject): Step {
  const customer_type = shopper.person.isCustomer ? 'returning' : 'new'
  return step('track', 'Order Completed', '/thanks', { ...order, customer_type }, known(shopper))
}

export const orderRefunded = (shopper: Shopper, order: JsonObject): Step =>
  step('track', 'Order Refunded', '/returns', order, known(shopper))

/** An order: what each product costs, and what they come to. `discountPercent` is whole. */
export function orderOf({ person, orderId }: Shopper, basket: readonly Line[], discountPercent = 0): JsonObject {
  const { market } = person
  const totals = Object.entries(totalsOf(market, basket, discountPercent))
  return {
    order_id: orderId,
    affiliation: 'Offbeat online',
    ...Object.fromEntries(totals.map(([name, minor]) => [name, amount(market, minor)])),
    currency: market.currency,
    products: basket.map((line) => productOf(market, line)),
  }
}
