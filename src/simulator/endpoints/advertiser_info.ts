import { refuseAdvertiser } from '../access.ts'
import { accepted } from '../answer.ts'
import { idValue, listValue, required } from '../entities/arguments.ts'
import { freeEndpoint } from '../entities/endpoint_of.ts'
import { names, nullRow, type Row, trimmed, wantedOf } from '../entities/fields.ts'
import { findAdvertiser } from '../world/ad_world.ts'
import { draw, mix } from '../world/draw.ts'
import type { Advertiser } from '../world/world.ts'
import type { Endpoint } from './endpoint.ts'

const IDS_MAX = 100

const FIELDS = names(`
  advertiser_id owner_bc_id rejection_reason name timezone display_timezone company industry address country currency
  contacter email cellphone_number telephone_number language license_no license_url description status role
  advertiser_account_type can_use_custom_identity ads_only_mode company_name_editable create_time balance
  promotion_area promotion_center_city promotion_center_province brand license_city`)
const NULL_ADVERTISER = nullRow(FIELDS)

/** An account; TikTok masks who is behind it. */
function row(advertiser: Advertiser): Row {
  const { advertiser_id, name, currency, timezone, display_timezone, country, language, createdAt } = advertiser
  const balance = 5000 * draw(mix(createdAt / 1000), 1) * advertiser.perDollar
  const digits = 10 ** advertiser.currencyDigits
  return {
    ...NULL_ADVERTISER,
    advertiser_id,
    name,
    company: `${name} Ltd.`,
    currency,
    timezone,
    display_timezone,
    country,
    language,
    industry: '290300',
    owner_bc_id: '7000000000000000301',
    status: 'STATUS_ENABLE',
    role: 'ROLE_ADVERTISER',
    advertiser_account_type: 'AUCTION',
    contacter: 'A***r',
    email: 'a***@example.com',
    cellphone_number: '+1******0100',
    can_use_custom_identity: true,
    ads_only_mode: false,
    company_name_editable: false,
    create_time: createdAt / 1000,
    balance: Math.round(balance * digits) / digits,
  }
}

/** `GET /advertiser/info/`: ad accounts by id. One that may not be read refuses the call. Source: OpenAPI definition of TikTok's SDK. */
export const advertiserInfo: Endpoint = freeEndpoint(({ query }, grant, simulation) => {
  const ids = required(query, 'advertiser_ids', listValue(idValue, IDS_MAX))
  const wanted = wantedOf(query, FIELDS)
  for (const id of ids) {
    const notAllowed = refuseAdvertiser(id, grant, simulation)
    if (notAllowed !== null) return notAllowed
  }
  const adWorld = simulation.adWorldOf(simulation.world)
  return accepted({ list: ids.map((id) => trimmed(row(findAdvertiser(adWorld, id)!), wanted)) })
})
