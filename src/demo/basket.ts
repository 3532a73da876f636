import type { JsonObject } from '../core/json.ts'
import type { Market } from './markets.ts'
import type { Product } from './products.ts'

/** What somebody wants to buy, in the currency of their market. Amounts are whole cents, so that sums are exact. */
export interface Line {
  readonly product: Product
  readonly quantity: number
}

/** A product's price in a market, in its smallest unit. */
export function priceIn({ perDollar, decimals }: Market, { price }: Product): number {
  const units = (price / 100) * perDollar
  if (decimals === 0) return Math.round(units / 10) * 10
  // Shops like prices that end in 90.
  return Math.max(1, Math.round(units)) * 100 - 10
}

/** An amount as JSON carries it: in units of the currency. */
export const amount = ({ decimals }: Market, minor: number): number => minor / 10 ** decimals

/** An amount as some shops write it: text with a point. */
export const amountText = ({ decimals }: Market, minor: number): string => (minor / 10 ** decimals).toFixed(decimals)

/** A product as the e-commerce spec has it. */
export function productOf(market: Market, { product, quantity }: Line): JsonObject {
  const { sku, name, category, brand, variant } = product
  return {
    product_id: sku,
    sku,
    name,
    category,
    brand,
    variant,
    price: amount(market, priceIn(market, product)),
    quantity,
  }
}

const SHIPPING_CENTS = 490
const SHIPPING_FREE_FROM_CENTS = 10_000

/** What an order comes to. `revenue` is what the shop earns: the products without shipping, tax or discount. */
export interface Totals {
  readonly subtotal: number
  readonly discount: number
  readonly revenue: number
  readonly shipping: number
  readonly tax: number
  readonly total: number
}

/** Adds up a basket, in the smallest unit of the market's currency. `discountPercent` is whole. */
export function totalsOf(market: Market, lines: readonly Line[], discountPercent: number): Totals {
  const subtotal = lines.reduce((sum, { product, quantity }) => sum + priceIn(market, product) * quantity, 0)
  const discount = Math.floor((subtotal * discountPercent) / 100)
  const revenue = subtotal - discount
  const inCents = (cents: number) => Math.round(((cents * market.perDollar) / 100) * 10 ** market.decimals)
  const shipping = revenue >= inCents(SHIPPING_FREE_FROM_CENTS) ? 0 : inCents(SHIPPING_CENTS)
  const tax = Math.round(revenue * 0.08)
  return { subtotal, discount, revenue, shipping, tax, total: revenue + shipping + tax }
}
