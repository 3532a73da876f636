import { allowsAdvertising, buyer, cart, clickId, currency, customerId, priceOf } from './purse.js'

/** Every call the shop makes, under the names and with the properties of Segment's e-commerce spec. */

const analytics = () => window.analytics

const SHIPPING_CENTS = 490

export function productOf(product, quantity = 1) {
  const { sku, name, category, brand, variant } = product
  return { product_id: sku, sku, name, category, brand, variant, price: priceOf(product) / 100, quantity }
}

const valued = (product, quantity = 1) => ({
  ...productOf(product, quantity),
  value: (priceOf(product) * quantity) / 100,
  currency: currency(),
})

export const page = (name) => analytics().page(name)
export const searched = (query) => analytics().track('Products Searched', { query })
export const clicked = (product) => analytics().track('Product Clicked', productOf(product))
export const viewed = (product) => analytics().track('Product Viewed', valued(product))
export const wished = (product) => analytics().track('Product Added to Wishlist', valued(product))
export const added = (product) => analytics().track('Product Added', valued(product))
export const removed = (product) => analytics().track('Product Removed', productOf(product))

export const cartViewed = (lines) =>
  analytics().track('Cart Viewed', { products: lines.map(({ product, quantity }) => productOf(product, quantity)) })

export const checkoutStarted = (order) => analytics().track('Checkout Started', order)

export function ordered(order, traits, createsAccount) {
  analytics().identify(customerId(), traits)
  if (createsAccount) analytics().track('Signed Up', { method: 'checkout' })
  analytics().track('Payment Info Entered', { ...order, payment_method: 'card' })
  analytics().track('Order Completed', order)
}

export const refunded = (order) => analytics().track('Order Refunded', order)

/** An order: amounts are summed in cents. */
export function orderOf(lines, orderId) {
  const subtotal = lines.reduce((sum, { product, quantity }) => sum + priceOf(product) * quantity, 0)
  return {
    order_id: orderId,
    affiliation: 'Offbeat sample shop',
    subtotal: subtotal / 100,
    revenue: subtotal / 100,
    shipping: SHIPPING_CENTS / 100,
    total: (subtotal + SHIPPING_CENTS) / 100,
    currency: currency(),
    products: lines.map(({ product, quantity }) => productOf(product, quantity)),
  }
}

/** The cart's lines, whole products in place of their skus. */
export const linesOf = (products) =>
  Object.entries(cart()).map(([sku, quantity]) => ({ product: products.find((one) => one.sku === sku), quantity }))

/**
 * Gives every event what the library does not know: consent, the click id of the ad, and who the buyer is. `tell` hears
 * of each event on its way out.
 */
export function watchCalls(tell) {
  analytics().addSourceMiddleware(({ payload, next }) => {
    const event = payload.obj
    const known = { ...(clickId() && { ttclid: clickId() }), ...(buyer() && { traits: buyer() }) }
    const consent = { categoryPreferences: { Advertising: allowsAdvertising(), Analytics: true } }
    event.context = { ...event.context, ...known, consent }
    const name = event.event ?? nameOf(event)
    tell({ messageId: event.messageId, name, at: Date.now(), allowsAdvertising: allowsAdvertising() })
    next(payload)
  })
}

const nameOf = ({ type, name }) => (type === 'page' ? `Page: ${name ?? 'without a name'}` : 'Identify')
