/** What a visitor carries through the shop, kept for as long as the tab is open. */

/** Units of each currency for a US dollar. TikTok takes no Uruguayan pesos, so an order in them shows a dead letter. */
export const RATES = { USD: 1, EUR: 0.92, GBP: 0.79, UYU: 40 }

const kept = (key, otherwise) => JSON.parse(sessionStorage.getItem(key)) ?? otherwise
const keep = (key, value) => sessionStorage.setItem(key, JSON.stringify(value))

export const currency = () => kept('currency', 'USD')
export const setCurrency = (code) => keep('currency', code)

/** The price of a product, in cents of the chosen currency. */
export const priceOf = ({ price }) => Math.round((price * RATES[currency()]) / 10) * 10

export const money = (cents) =>
  new Intl.NumberFormat('en', { style: 'currency', currency: currency() }).format(cents / 100)

/** Sku → quantity. */
export const cart = () => kept('cart', {})

export function changeCart(sku, by) {
  const quantity = (cart()[sku] ?? 0) + by
  const { [sku]: _, ...others } = cart()
  keep('cart', quantity > 0 ? { ...others, [sku]: quantity } : others)
}

export const emptyCart = () => keep('cart', {})

export const cartCount = () => Object.values(cart()).reduce((sum, quantity) => sum + quantity, 0)

/** The click id of the ad that led here, as a shop should keep it: whole, and replaced by the next one. */
export function clickId() {
  const landed = new URLSearchParams(location.search).get('ttclid')
  if (landed) keep('ttclid', landed)
  return kept('ttclid', null)
}

/** The shop's own number of whoever buys in this tab. */
export function customerId() {
  const id = kept('customer', `c-${crypto.randomUUID().slice(0, 8)}`)
  keep('customer', id)
  return id
}

export const buyer = () => kept('buyer', null)
export const setBuyer = (traits) => keep('buyer', traits)

export const lastOrder = () => kept('order', null)
export const setLastOrder = (order) => keep('order', order)

export const allowsAdvertising = () => kept('advertising', true)
export const setAllowsAdvertising = (allows) => keep('advertising', allows)
