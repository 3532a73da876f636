import { isObject, type Json, type JsonObject } from '../core/json.ts'
import { quote } from './mask.ts'
import type { Findings } from './reasons.ts'
import { choice, integer, number, text, texts } from './values.ts'

/** Parameters of travel and vehicle catalogues. They stand among the other properties. Source: Events API 2.0, verticals. */

type Rule = (value: Json, field: string, findings: Findings) => Json | readonly string[] | undefined
type Rules = { readonly [parameter: string]: Rule }

const DATE = /^(?:\d{8}|\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d))?)$/

const date: Rule = (value, field, findings) => {
  const found = text(value, field, findings)?.trim()
  if (found === undefined || DATE.test(found)) return found
  findings.warn('mapping.bad_time', field, `Left out ${field}: ${quote(found)} is not a date as 2026-12-31 or 20261231`)
  return undefined
}

const oneOf =
  (...words: string[]): Rule =>
  (value, field, findings) =>
    choice(value, words, field, findings)

const TRAVEL: Rules = {
  city: text,
  region: text,
  country: text,
  checkin_date: date,
  checkout_date: date,
  num_adults: integer,
  num_children: integer,
  num_infants: integer,
  suggested_hotels: texts,
  departing_departure_date: date,
  departing_arrival_date: date,
  returning_departure_date: date,
  returning_arrival_date: date,
  origin_airport: text,
  destination_airport: text,
  destination_ids: texts,
  travel_class: oneOf('eco', 'prem', 'bus', 'first'),
  user_score: number,
  preferred_num_stops: integer,
  travel_start: date,
  travel_end: date,
  suggested_destinations: texts,
}

const mileage: Rule = (value, field, findings) => {
  const given = isObject(value) ? value : {}
  const unit = choice(given['unit'], ['MI', 'KM'], field, findings)
  const distance = number(given['value'], field, findings)
  if (distance !== undefined && unit !== undefined) return { value: distance, unit }
  findings.warn('mapping.wrong_type', field, `Left out ${field}: it is not an object of value and unit, MI or KM`)
  return undefined
}

const priceRange: Rule = (value, field, findings) => {
  const prices = Array.isArray(value) ? value.map((price) => number(price, field, findings)) : []
  if (prices.length === 2 && prices.every((price) => price !== undefined)) return prices
  findings.warn('mapping.wrong_type', field, `Left out ${field}: it is not a list of the lowest and the highest price`)
  return undefined
}

const VIN_LENGTH_MAX = 17

const vin: Rule = (value, field, findings) => {
  const found = text(value, field, findings)
  if (found === undefined || found.length <= VIN_LENGTH_MAX) return found
  findings.warn('mapping.wrong_type', field, `Left out ${field}: it is longer than ${VIN_LENGTH_MAX} characters`)
  return undefined
}

const VEHICLE: Rules = {
  postal_code: text,
  make: text,
  model: text,
  year: integer,
  state_of_vehicle: oneOf('New', 'Used', 'CPO'),
  mileage,
  exterior_color: text,
  transmission: oneOf('Automatic', 'Manual', 'Other'),
  body_style: oneOf(
    'Convertible',
    'Coupe',
    'Hatchback',
    'Minivan',
    'Truck',
    'SUV',
    'Sedan',
    'Van',
    'Wagon',
    'Crossover',
    'Other',
  ),
  fuel_type: oneOf('Diesel', 'Electric', 'Flex', 'Gasoline', 'Hybrid', 'Other'),
  drivetrain: oneOf('AWD', 'FOUR_WD', 'FWD', 'RWD', 'TWO_WD', 'Other'),
  preferred_price_range: priceRange,
  trim: text,
  vin,
  interior_color: text,
  condition_of_vehicle: oneOf('Excellent', 'Good', 'Fair', 'Poor', 'Other'),
  viewcontent_type: text,
  search_type: text,
  registration_type: text,
}

/** Travel parameters as the wire wants them; a name TikTok does not know is left out with a warning. */
export function travelParameters(value: Json | undefined, findings: Findings): JsonObject | undefined {
  return value === undefined || value === null ? undefined : shape(value, TRAVEL, 'travel_fields', findings)
}

/** Vehicle parameters as the wire wants them; a name TikTok does not know is left out with a warning. */
export function vehicleParameters(value: Json | undefined, findings: Findings): JsonObject | undefined {
  return value === undefined || value === null ? undefined : shape(value, VEHICLE, 'vehicle_fields', findings)
}

function shape(value: Json, rules: Rules, name: string, findings: Findings): JsonObject | undefined {
  if (!isObject(value)) {
    findings.reject('mapping.wrong_type', name, `Cannot send ${name}: ${quote(value)} is not an object`)
    return undefined
  }
  const found: JsonObject = {}
  for (const [parameter, given] of Object.entries(value)) {
    const shaped = parameterOf(parameter, given, rules, findings)
    if (shaped !== undefined) found[parameter] = shaped as Json
  }
  return found
}

function parameterOf(parameter: string, given: Json, rules: Rules, findings: Findings): unknown {
  const field = `properties.${parameter}`
  const rule = Object.hasOwn(rules, parameter) ? rules[parameter] : undefined
  if (rule) return given === null ? undefined : rule(given, field, findings)
  findings.warn('mapping.not_a_choice', field, `Left out ${field}: TikTok has no such parameter`)
  return undefined
}
