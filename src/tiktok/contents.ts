import { isObject, type Json, type JsonObject } from '../core/json.ts'
import { quote } from './mask.ts'
import type { Findings } from './reasons.ts'
import { integer, number, text, unlessEmpty } from './values.ts'

/** One product of an event. Source: Events API 2.0, parameters of `contents`. */
export interface Content {
  readonly content_id: string | undefined
  readonly content_name: string | undefined
  readonly content_category: string | undefined
  readonly brand: string | undefined
  readonly price: number | undefined
  readonly quantity: number | undefined
  readonly content_type: string | undefined
  readonly description: string | undefined
  readonly status: string | undefined
}

const FIELD = 'properties.contents'

/**
 * Products as the wire wants them, from one object or a list; undefined when there is none. Besides TikTok's names the
 * ones of the Segment ecommerce spec are understood: product_id, sku, name, category.
 */
export function contents(value: Json | undefined, findings: Findings): readonly Content[] | undefined {
  if (value === undefined || value === null || value === '') return undefined
  const given = Array.isArray(value) ? value : [value]
  const found: Content[] = []
  for (let i = 0; i < given.length; i++) {
    const product = content(given[i]!, i, findings)
    if (product !== undefined) found.push(product)
  }
  return found.length > 0 ? found : undefined
}

function content(value: Json, position: number, findings: Findings): Content | undefined {
  if (value === null) return undefined
  if (!isObject(value)) {
    const message = `Cannot send ${FIELD}.${position}: ${quote(value)} is not an object; TikTok takes a list of objects`
    findings.reject('mapping.wrong_type', `${FIELD}.${position}`, message)
    return undefined
  }
  return unlessEmpty(shape(value, position, findings))
}

function shape(product: JsonObject, position: number, findings: Findings): Content {
  const place = PLACES[position] ?? placesOf(position)
  return {
    content_id: text(product['content_id'] ?? product['product_id'] ?? product['sku'], place.content_id, findings),
    content_name: text(product['content_name'] ?? product['name'], place.content_name, findings),
    content_category: text(product['content_category'] ?? product['category'], place.content_category, findings),
    brand: text(product['brand'], place.brand, findings),
    price: number(product['price'], place.price, findings),
    quantity: integer(product['quantity'], place.quantity, findings),
    content_type: text(product['content_type'], place.content_type, findings),
    description: text(product['description'], place.description, findings),
    status: text(product['status'], place.status, findings),
  }
}

type Places = { readonly [field in keyof Content]: string }

function placesOf(position: number): Places {
  const at = (field: string) => `${FIELD}.${position}.${field}`
  return {
    content_id: at('content_id'),
    content_name: at('content_name'),
    content_category: at('content_category'),
    brand: at('brand'),
    price: at('price'),
    quantity: at('quantity'),
    content_type: at('content_type'),
    description: at('description'),
    status: at('status'),
  }
}

// Made once: nearly every event has few products, and the names of their places are needed only when one is wrong.
const PLACES: readonly Places[] = Array.from({ length: 20 }, (_, position) => placesOf(position))
