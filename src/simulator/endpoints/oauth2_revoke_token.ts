import { refuseApp } from '../access.ts'
import { accepted, refused } from '../answer.ts'
import { CODE } from '../codes.ts'
import { isObject } from '../json.ts'
import { MESSAGE } from '../messages.ts'
import { findGrant, reaches } from '../world.ts'
import type { OpenEndpoint } from './endpoint.ts'

/** `POST /oauth2/revoke_token/`: a token stops working. Source: API reference, "Revoke a long-term access token". */
export const oauth2RevokeToken: OpenEndpoint = (call, simulation) => {
  const body = call.json()
  if (!isObject(body)) return refused(CODE.PARAM_ERROR, MESSAGE.notJson)
  const { app_id, secret, access_token: token } = body
  const { world } = simulation
  const refusal = refuseApp(app_id, secret, world)
  if (refusal !== null) return refusal
  if (typeof token !== 'string' || token === '') return refused(CODE.PARAM_ERROR, MESSAGE.missing('access_token'))
  const grant = findGrant(world, token)
  if (grant === null || grant.state !== 'active') return refused(CODE.INVALID_ACCESS_TOKEN, MESSAGE.badToken)

  simulation.world = { ...world, tokens: { ...world.tokens, [token]: { ...grant, state: 'revoked' } } }
  const advertisers = simulation.adWorldOf(world).advertisers.map(({ advertiser_id }) => advertiser_id)
  return accepted({ app_id, advertiser_ids: advertisers.filter((id) => reaches(grant, id)) })
}
