import { isObject, type Json, type JsonObject } from './json.ts'

/** Names under which senders put what identifies a person. */
const PERSONAL =
  /^(e-?mail|phone(_?number)?|mobile|first_?name|last_?name|full_?name|username|street|address_?\d?|birthday|ip|ip_address|password|token)$/i
const PERSON_AROUND = /^(traits|user|customer|address|billing|shipping)$/i
const NAME = /^name$/i
const MEMBER = /"([^"\\]{1,40})"\s*:\s*"(?:[^"\\]|\\.)*"?/g
const EMAIL = /[^\s"'<>:=,;()@]+@[^\s"'<>:=,;()@]+\.[^\s"'<>:=,;()@]+/g
const PHONE = /\+\d[\d ().-]{6,}\d/g

/** An event as people see it unless they ask for more: what identifies a person shows only its first letter. */
export function maskEvent(event: JsonObject): JsonObject {
  return maskObject(event, false)
}

/** The same for the text of a body that may be anything: JSON, JSON that was cut short, or no JSON at all. */
export function maskBody(body: string): string {
  try {
    const parsed: Json = JSON.parse(body)
    return JSON.stringify(mask(parsed, false))
  } catch {
    return maskPatterns(body.replace(MEMBER, (whole, key: string) => (isPersonal(key) ? `"${key}":"***"` : whole)))
  }
}

function maskObject(object: JsonObject, isPerson: boolean): JsonObject {
  const entries = Object.entries(object).map(([key, value]): [string, Json] => {
    const hidden = PERSONAL.test(key) || (isPerson && NAME.test(key))
    return [key, hidden && isScalar(value) ? maskValue(value) : mask(value, isPerson || PERSON_AROUND.test(key))]
  })
  return Object.fromEntries(entries)
}

function mask(value: Json, isPerson: boolean): Json {
  if (typeof value === 'string') return maskPatterns(value)
  if (Array.isArray(value)) return value.map((item) => mask(item, isPerson))
  return isObject(value) ? maskObject(value, isPerson) : value
}

const maskPatterns = (text: string): string => text.replace(EMAIL, maskText).replace(PHONE, maskText)

// Of a text that cannot be parsed nobody knows whose name a name is.
const isPersonal = (key: string): boolean => PERSONAL.test(key) || NAME.test(key)

const isScalar = (value: Json): boolean => typeof value === 'string' || typeof value === 'number'

const maskValue = (value: Json): Json => (value === '' ? '' : maskText(String(value)))

const maskText = (text: string): string => `${[...text.slice(0, 2)][0] ?? ''}***`
