import { type Answer, refused } from './answer.ts'
import type { Call } from './call.ts'
import { CODE } from './codes.ts'
import { MESSAGE } from './messages.ts'
import type { Simulation } from './simulation.ts'
import { findAdvertiser } from './world/ad_world.ts'
import { type EventSourceKind, findAsset, findGrant, type Grant, mayUse, reaches, type World } from './world.ts'

/** Whose bucket the app's is; no token is empty. */
const ALL_TOKENS = ''

/** Why a token may not call at all: missing, wrong, or too often. Null when it may. */
export function refuseToken({ token, at, method }: Call, { world, rate }: Simulation): Answer | null {
  if (token === null) return refused(CODE.EMPTY_ACCESS_TOKEN, MESSAGE.noToken)
  const grant = findGrant(world, token)
  if (grant === null || grant.state === 'revoked') return refused(CODE.INVALID_ACCESS_TOKEN, MESSAGE.badToken)
  if (grant.state === 'expired') return refused(CODE.ACCESS_TOKEN_EXPIRE, MESSAGE.expired)
  const { requests_per_second, app_requests_per_second: perApp } = world.settings
  if (requests_per_second !== 'none' && !rate.take(token, requests_per_second, at))
    return refused(CODE.REQUEST_TOO_FREQUENT, MESSAGE.tooMany)
  if (method !== 'GET' || perApp === 'none' || rate.take(ALL_TOKENS, perApp, at)) return null
  return refused(CODE.REQUEST_TOO_FREQUENT, MESSAGE.appTooMany(perApp))
}

/** Why an advertiser cannot be read: no id, no such account, or not with this token. Null when it can. */
export function refuseAdvertiser(
  advertiserId: string | null,
  grant: Grant,
  { world, adWorldOf }: Simulation,
): Answer | null {
  if (!advertiserId) return refused(CODE.PARAM_ERROR, MESSAGE.missing('advertiser_id'))
  const advertiser = findAdvertiser(adWorldOf(world), advertiserId)
  if (advertiser === null) return refused(CODE.NOT_FOUND, MESSAGE.noSuchAdvertiser(advertiserId))
  return reaches(grant, advertiserId) && !advertiser.isDenied
    ? null
    : refused(CODE.PERMISSION_ERROR, MESSAGE.noAdvertiser(advertiserId))
}

const PIXEL_CODE = /^[A-Z0-9]{20}$/
const DECIMAL = /^\d+$/

/** Observed forms: 20 capitals and digits for pixels, decimal text for the others. */
const hasForm = (kind: EventSourceKind, id: string) => (kind === 'web' ? PIXEL_CODE : DECIMAL).test(id)

/** Why an event source's id cannot be used. `field` is how the endpoint calls the id. Null when it can. */
export function refuseEventSource(
  world: World,
  grant: Grant,
  kind: EventSourceKind,
  id: unknown,
  field: string,
): Answer | null {
  const notText = refused(CODE.PARAM_ERROR, MESSAGE.invalid(field, 'not a valid string'))
  if (typeof id !== 'string' || id === '') return notText
  const asset = findAsset(world, kind, id)
  if (asset === null && !hasForm(kind, id)) return notText // seen when an offline call names a pixel code
  if (asset === null || !mayUse(grant, id, asset)) return refused(CODE.PERMISSION_ERROR, MESSAGE.noPermission(id))
  if (kind === 'app' && world.settings.app_events !== 'accept') {
    return refused(world.settings.app_events, MESSAGE.notAllowListed)
  }
  return null
}

/** Why an app id and secret are not a known pair: not given, or wrong. Null when they are. */
export function refuseApp(appId: unknown, secret: unknown, { developer_apps }: World): Answer | null {
  if (typeof appId !== 'string' || appId === '') return refused(CODE.PARAM_ERROR, MESSAGE.missing('app_id'))
  if (typeof secret !== 'string' || secret === '') return refused(CODE.PARAM_ERROR, MESSAGE.missing('secret'))
  const isKnown = Object.hasOwn(developer_apps, appId) && developer_apps[appId]!.secret === secret
  return isKnown ? null : refused(CODE.INVALID_PARTNER, MESSAGE.appSecret)
}

/** Why a body cannot be read as a JSON object. Null when it can. */
export function refuseBody(encoding: string, contentType: string, isJsonObject: boolean, world: World): Answer | null {
  const { gzip, content_type } = world.settings
  const isReadable = encoding === '' || encoding === 'identity' || (encoding === 'gzip' && gzip === 'accept')
  if (!isReadable) return refused(CODE.PARAM_ERROR, MESSAGE.gzip)
  if (content_type === 'json' && !/^application\/json\b/i.test(contentType))
    return refused(CODE.PARAM_ERROR, MESSAGE.contentType)
  return isJsonObject ? null : refused(CODE.PARAM_ERROR, MESSAGE.notJson)
}
