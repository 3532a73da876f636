import { boolean, type Check, listOf, number, objectWith, text, textOrTexts } from './check.ts'

/** The same check for many names. */
const all = (check: Check, names: string): Record<string, Check> =>
  Object.fromEntries(names.split(' ').map((name) => [name, check]))

/** Fields of `user` and their types. Source: Events API, Parameters, "User". */
export const user = objectWith({
  ...all(textOrTexts, 'email phone external_id'),
  ...all(text, 'first_name last_name zip_code city state country ttclid ttp ip user_agent locale'),
  ...all(text, 'idfa idfv gaid att_status'),
})

const content = objectWith({
  ...all(text, 'content_id content_name content_category brand content_type description status'),
  ...all(number, 'price quantity'),
})

const ECOMMERCE = {
  contents: listOf(content),
  content_ids: textOrTexts,
  ...all(number, 'value num_items quantity predicted_ltv'),
  ...all(text, 'content_type content_id content_name content_category currency search_string query description'),
  ...all(text, 'order_id shop_id status delivery_category customer_type event_channel'),
}

const TRAVEL = {
  ...all(text, 'city region country checkin_date checkout_date departing_departure_date returning_departure_date'),
  ...all(text, 'departing_arrival_date returning_arrival_date origin_airport destination_airport travel_class'),
  ...all(text, 'travel_start travel_end'),
  ...all(number, 'num_adults num_children num_infants user_score preferred_num_stops'),
  ...all(textOrTexts, 'suggested_hotels destination_ids suggested_destinations'),
}

const VEHICLE = {
  ...all(text, 'postal_code make model state_of_vehicle exterior_color transmission body_style fuel_type drivetrain'),
  ...all(text, 'trim vin interior_color condition_of_vehicle viewcontent_type search_type registration_type'),
  year: number,
  mileage: objectWith({ value: number, unit: text }),
  preferred_price_range: listOf(number),
}

/** Fields of `properties` and their types. Source: Events API, Parameters, "Properties"; travel and vehicle parameters. */
export const properties = objectWith({ ...ECOMMERCE, ...TRAVEL, ...VEHICLE })

/** Source: Events API, Parameters, "Page". */
export const page = objectWith(all(text, 'url referrer'))

/** Source: Events API, Parameters, "App". */
export const app = objectWith(all(text, 'app_id app_name app_version'))

/** Source: Events API, Parameters, "Ad". */
export const ad = objectWith({
  ...all(text, 'callback campaign_id ad_id creative_id attribution_type attribution_provider attribution_model'),
  ...all(
    text,
    'touchpoint_type touchpoint_url attribution_method decline_reason utm_id utm_source utm_medium utm_campaign',
  ),
  ...all(boolean, 'is_retargeting attributed'),
  ...all(number, 'attribution_share'),
})

/** Source: Events API, Parameters, "Lead". */
export const lead = objectWith(all(text, 'lead_id lead_event_source'))

/** Fields of one event that are typed as a whole, in the order they are checked. */
export const GROUPS: readonly (readonly [key: string, check: Check])[] = [
  ['properties', properties],
  ['user', user],
  ['page', page],
  ['app', app],
  ['ad', ad],
  ['lead', lead],
  ['limited_data_use', boolean],
]
