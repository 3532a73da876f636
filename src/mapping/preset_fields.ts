import type { Json, JsonObject } from '../core/json.ts'

const at = (path: string): JsonObject => ({ '@path': path })
const first = (...choices: readonly Json[]): JsonObject => ({ '@first': [...choices] })

/** Where senders put what they know about a person: on the event, in the context, or (identify calls) at the top. */
const PERSON = ['$.properties', '$.context.traits', '$.traits']

/** The same trait in each of those places, under each of its names: TikTok's and the identify spec's. */
const trait = (...names: readonly string[]): JsonObject =>
  first(...PERSON.flatMap((place) => names.map((name) => `${place}.${name}`)))

/** Options meant for this destination. Its name is spelled in several ways by the documents that senders followed. */
const OPTIONS = ['TikTok Conversions', 'Tiktok Conversions', 'tiktok conversions'].map(
  (name) => `$.integrations['${name}']`,
)

const option = (name: string): string[] => OPTIONS.map((place) => `${place}.${name}`)

const clickId = (name: string): JsonObject =>
  first(`$.properties.${name}`, ...option(name), `$.context.${name}`, `$.context.traits.${name}`)

const textAt = (key: string): JsonObject => ({ '@template': `{{${key}}}` })

/** An item of `contents`; nothing without an id or a price, for TikTok could match it with no product. */
const ITEM: JsonObject = {
  '@if': {
    exists: first('$.product_id', '$.sku', '$.id', '$.price'),
    // biome-ignore lint/suspicious/noThenProperty: the word of @if
    then: {
      content_id: first(textAt('product_id'), textAt('sku'), textAt('id')),
      content_name: at('$.name'),
      content_category: at('$.category'),
      brand: at('$.brand'),
      price: at('$.price'),
      quantity: at('$.quantity'),
    },
  },
}

const PRODUCTS: Json = { '@arrayPath': ['$.properties.products', ITEM] }
const ONE_PRODUCT: Json = { '@arrayPath': ['$.properties', ITEM] }

/** Where an event keeps its products: in a list, flat among its properties, or nowhere. */
export type Products = 'list' | 'flat' | 'none'

const CONTENTS: { readonly [products in Products]: JsonObject } = {
  list: { contents: first(PRODUCTS) },
  flat: { contents: first(ONE_PRODUCT, PRODUCTS) },
  none: {},
}

/** The fields every event shares, from where Segment's libraries put them. Identity first, then page, device and order. */
const COMMON: JsonObject = {
  event_id: at('$.messageId'),
  event_time: at('$.timestamp'),
  email: trait('email'),
  phone: trait('phone'),
  external_id: first('$.userId', '$.anonymousId'),
  first_name: trait('first_name', 'firstName'),
  last_name: trait('last_name', 'lastName'),
  city: trait('address.city'),
  state: trait('address.state'),
  country: trait('address.country'),
  zip_code: trait('address.postal_code', 'address.postalCode'),
  ttclid: clickId('ttclid'),
  ttp: clickId('ttp'),
  lead_id: at('$.properties.lead_id'),
  lead_event_source: at('$.properties.lead_event_source'),
  url: at('$.context.page.url'),
  referrer: at('$.context.page.referrer'),
  ip: at('$.context.ip'),
  user_agent: at('$.context.userAgent'),
  locale: at('$.context.locale'),
  content_ids: at('$.properties.content_ids'),
  num_items: at('$.properties.num_items'),
  currency: at('$.properties.currency'),
  value: first('$.properties.value', '$.properties.revenue', '$.properties.total'),
  description: at('$.properties.description'),
  query: at('$.properties.query'),
  order_id: at('$.properties.order_id'),
  shop_id: at('$.properties.shop_id'),
  delivery_category: at('$.properties.delivery_category'),
  predicted_ltv: at('$.properties.predicted_ltv'),
  customer_type: at('$.properties.customer_type'),
  status: at('$.properties.status'),
  limited_data_use: at('$.properties.limited_data_use'),
  test_event_code: first('$.properties.test_event_code', ...option('test_event_code')),
  travel_fields: at('$.properties.travel_fields'),
  vehicle_fields: at('$.properties.vehicle_fields'),
}

/** The default field mapping for a preset; `more` adds fields or replaces them. */
export function presetFields(products: Products, more: JsonObject = {}): JsonObject {
  const kind =
    products === 'none' ? {} : { content_type: first('$.properties.content_type', { '@literal': 'product' }) }
  return { ...COMMON, ...kind, ...CONTENTS[products], ...more }
}
