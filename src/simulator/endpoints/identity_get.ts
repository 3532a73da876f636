import { oneOfValue, pageOf, pagingOf } from '../entities/arguments.ts'
import { identityRow } from '../entities/assets_rows.ts'
import { endpointOf } from '../entities/endpoint_of.ts'
import type { Endpoint } from './endpoint.ts'

const PAGE_SIZE = 100
const PAGE_SIZE_MAX = 100
const TYPES = ['CUSTOMIZED_USER', 'AUTH_CODE', 'TT_USER', 'BC_AUTH_TT'] as const

/** `GET /identity/get/`: the names an advertiser's ads appear under. Source: API reference, "Get identities". */
export const identityGet: Endpoint = endpointOf(
  (query) => {
    const type = query.get('identity_type')
    return {
      type: type ? oneOfValue(TYPES)(type, 'identity_type') : null,
      paging: pagingOf(query, PAGE_SIZE, PAGE_SIZE_MAX),
    }
  },
  ({ type, paging }, { advertiser, now }) => {
    const found = advertiser.identities.filter(({ identity_type }) => type === null || identity_type === type)
    const { items, page_info } = pageOf(found, paging)
    return { identity_list: items.map((identity) => identityRow(identity, now)), page_info }
  },
)
