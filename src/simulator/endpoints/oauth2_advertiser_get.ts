import { accepted, refused } from '../answer.ts'
import { CODE } from '../codes.ts'
import { MESSAGE } from '../messages.ts'
import { reaches } from '../world.ts'
import type { Endpoint } from './endpoint.ts'

/** `GET /oauth2/advertiser/get/`: the advertisers a token may touch. Source: API reference, "Authorized ad accounts". */
export const oauth2AdvertiserGet: Endpoint = ({ query }, grant, { world, adWorldOf }) => {
  const appId = query.get('app_id')
  const secret = query.get('secret')
  if (!appId) return refused(CODE.PARAM_ERROR, MESSAGE.missing('app_id'))
  if (!secret) return refused(CODE.PARAM_ERROR, MESSAGE.missing('secret'))
  const isKnown = Object.hasOwn(world.developer_apps, appId) && world.developer_apps[appId]!.secret === secret
  if (!isKnown) return refused(CODE.INVALID_PARTNER, MESSAGE.appSecret)
  const list = adWorldOf(world)
    .advertisers.filter(({ advertiser_id }) => reaches(grant, advertiser_id))
    .map(({ advertiser_id, name }) => ({ advertiser_id, advertiser_name: name }))
  return accepted({ list })
}
