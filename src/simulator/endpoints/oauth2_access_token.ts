import { refuseApp } from '../access.ts'
import { accepted, refused } from '../answer.ts'
import { CODE } from '../codes.ts'
import { isObject } from '../json.ts'
import { MESSAGE } from '../messages.ts'
import { hexText } from '../random.ts'
import type { OpenEndpoint } from './endpoint.ts'

const TOKEN_DIGITS = 40
/** What the app may do, as numbers; no source says what each means. */
const SCOPE = [4, 5, 6, 8, 9, 10, 16]

/**
 * `POST /oauth2/access_token/`: a long-term token for the code of the consent page. The code works once, for an hour.
 * Source: API reference, "Get a long-term access token".
 */
export const oauth2AccessToken: OpenEndpoint = (call, simulation) => {
  const body = call.json()
  if (!isObject(body)) return refused(CODE.PARAM_ERROR, MESSAGE.notJson)
  const { app_id, secret, auth_code, return_advertiser_ids = true } = body
  const refusal = refuseApp(app_id, secret, simulation.world)
  if (refusal !== null) return refusal
  if (typeof auth_code !== 'string' || auth_code === '') return refused(CODE.PARAM_ERROR, MESSAGE.missing('auth_code'))
  if (typeof return_advertiser_ids !== 'boolean')
    return refused(CODE.PARAM_ERROR, MESSAGE.invalid('return_advertiser_ids', 'not a valid boolean'))

  const consent = simulation.consents.redeem(auth_code, String(app_id), call.at)
  if (consent === null) return refused(CODE.AUTH_CODE_USED, MESSAGE.authCode)
  const access_token = hexText(TOKEN_DIGITS, simulation.random)
  const { world } = simulation
  const grant = { state: 'active', advertisers: consent.advertisers } as const
  simulation.world = { ...world, tokens: { ...world.tokens, [access_token]: grant } }
  return accepted({ access_token, scope: SCOPE, ...(return_advertiser_ids && { advertiser_ids: consent.advertisers }) })
}
