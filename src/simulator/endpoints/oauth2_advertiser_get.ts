import { refuseApp } from '../access.ts'
import { accepted } from '../answer.ts'
import { reaches } from '../world.ts'
import type { Endpoint } from './endpoint.ts'

/**
 * `GET /oauth2/advertiser/get/`: the advertisers a token was given for, also those it may no longer read. Source: API
 * reference, "Authorized ad accounts".
 */
export const oauth2AdvertiserGet: Endpoint = ({ query }, grant, { world, adWorldOf }) => {
  const refusal = refuseApp(query.get('app_id'), query.get('secret'), world)
  if (refusal !== null) return refusal
  const list = adWorldOf(world)
    .advertisers.filter(({ advertiser_id }) => reaches(grant, advertiser_id))
    .map(({ advertiser_id, name }) => ({ advertiser_id, advertiser_name: name }))
  return accepted({ list })
}
