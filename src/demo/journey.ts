import type { Line } from './basket.ts'
import { PRODUCTS, type Product } from './products.ts'
import { chance, pick, whole } from './random.ts'
import {
  added,
  cartViewed,
  checkoutStarted,
  couponApplied,
  identified,
  orderCompleted,
  orderOf,
  page,
  paymentEntered,
  productPage,
  type Shopper,
  type Step,
  searched,
  signedUp,
  viewed,
  wished,
} from './steps.ts'

const SEARCHES = ['headphones', 'vinyl', 'drum sticks', 'gift', 'turntable', 'metronome', 'tote bag']
const COUPON = 'TWOANDFOUR'
const COUPON_PERCENT = 10

/** A visit by chance: somebody looks around, perhaps fills a basket, perhaps buys it. */
export function* journey(shopper: Shopper): Generator<Step> {
  const { random } = shopper
  yield page('Home', '/', shopper)
  if (chance(random, 0.35)) yield searched(pick(random, SEARCHES), shopper)
  const basket: Line[] = []
  for (let looks = whole(random, 1, 4); looks > 0; looks--) {
    const product = pick(random, PRODUCTS)
    yield* look(shopper, product)
    if (chance(random, 0.72) || basket.some((line) => line.product === product)) continue
    const line = { product, quantity: chance(random, 0.2) ? 2 : 1 }
    basket.push(line)
    yield added(shopper, line)
  }
  if (basket.length === 0 || chance(random, 0.35)) return
  yield page('Cart', '/cart', shopper)
  yield cartViewed(shopper, basket)
  if (chance(random, 0.45)) yield* checkout(shopper, basket)
}

function* look(shopper: Shopper, product: Product): Generator<Step> {
  yield productPage(product, shopper)
  yield viewed(shopper, product)
  if (chance(shopper.random, 0.05)) yield wished(shopper, product)
}

function* checkout(shopper: Shopper, basket: readonly Line[]): Generator<Step> {
  const { person, isKnown, random } = shopper
  const hasCoupon = chance(random, 0.12)
  const order = orderOf(shopper, basket, hasCoupon ? COUPON_PERCENT : 0)
  yield page('Checkout', '/checkout', shopper)
  yield checkoutStarted(shopper, order)
  if (!isKnown && !person.isCustomer) yield signedUp(shopper)
  if (!isKnown) yield identified(shopper)
  if (hasCoupon) yield couponApplied(shopper, COUPON)
  if (chance(random, 0.12)) return
  yield paymentEntered(shopper, order)
  if (chance(random, 0.08)) return
  yield orderCompleted(shopper, order)
}
