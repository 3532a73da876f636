import type { JsonObject } from '../core/json.ts'
import { contents } from '../tiktok/contents.ts'
import { CURRENCIES } from '../tiktok/currencies.ts'
import { quote } from '../tiktok/mask.ts'
import type { Findings } from '../tiktok/reasons.ts'
import { choice, integer, isPresent, number, text, texts } from '../tiktok/values.ts'
import { travelParameters, vehicleParameters } from '../tiktok/verticals.ts'

/** What becomes of an event in a currency TikTok does not take. */
export type UnsupportedCurrency = 'reject' | 'drop_value'

const CONTENT_TYPES = ['product', 'product_group'] as const
const DELIVERIES = ['in_store', 'curbside', 'home_delivery'] as const
const CUSTOMER_TYPES = ['new', 'returning'] as const

/** What was bought, looked at or searched for, as `properties` on the wire. */
export function propertiesOf(row: JsonObject, unsupported: UnsupportedCurrency, findings: Findings) {
  const { value, currency } = money(row, unsupported, findings)
  const travel = travelParameters(row['travel_fields'], findings)
  const vehicle = vehicleParameters(row['vehicle_fields'], findings)
  const properties = {
    contents: contents(row['contents'], findings),
    content_ids: texts(row['content_ids'], 'properties.content_ids', findings),
    content_type: choice(row['content_type'], CONTENT_TYPES, 'properties.content_type', findings),
    num_items: integer(row['num_items'], 'properties.num_items', findings),
    currency,
    value,
    description: text(row['description'], 'properties.description', findings),
    query: text(row['query'], 'properties.query', findings),
    search_string: text(row['search_string'], 'properties.search_string', findings),
    order_id: text(row['order_id'], 'properties.order_id', findings),
    shop_id: text(row['shop_id'], 'properties.shop_id', findings),
    delivery_category: choice(row['delivery_category'], DELIVERIES, 'properties.delivery_category', findings),
    predicted_ltv: number(row['predicted_ltv'], 'properties.predicted_ltv', findings),
    customer_type: choice(row['customer_type'], CUSTOMER_TYPES, 'properties.customer_type', findings),
    status: text(row['status'], 'properties.status', findings),
  }
  // Spreading is slow, even of nothing, and few events are about travel or vehicles.
  return travel || vehicle ? { ...properties, ...travel, ...vehicle } : properties
}

function money({ value: given, currency: code }: JsonObject, unsupported: UnsupportedCurrency, findings: Findings) {
  const value = number(given, 'properties.value', findings)
  const currency = text(code, 'properties.currency', findings)?.trim().toUpperCase()
  if (currency === undefined) {
    if (value !== undefined && !isPresent(code)) {
      const message = `Goes with value but without currency: TikTok cannot count ${value} in any report`
      findings.warn('tiktok.value_without_currency', 'properties.currency', message)
    }
    return { value, currency }
  }
  if (CURRENCIES.has(currency)) return { value, currency }
  if (unsupported === 'drop_value') {
    const message = `Left out properties.value and properties.currency: TikTok does not take ${quote(currency)}`
    findings.warn('tiktok.unsupported_currency', 'properties.currency', message)
    return { value: undefined, currency: undefined }
  }
  const message = `Cannot send the event: ${quote(currency)} is not one of the 62 currencies TikTok takes`
  findings.reject('tiktok.unsupported_currency', 'properties.currency', message)
  return { value, currency: undefined }
}
