import { refuseToken } from './access.ts'
import { type Answer, refused } from './answer.ts'
import type { Call } from './call.ts'
import { CODE } from './codes.ts'
import type { Endpoint } from './endpoints/endpoint.ts'
import { eventTrack } from './endpoints/event_track.ts'
import { APP, legacyBatch, legacyTrack, OFFLINE, PIXEL } from './endpoints/legacy.ts'
import { oauth2AdvertiserGet } from './endpoints/oauth2_advertiser_get.ts'
import { pixelList } from './endpoints/pixel_list.ts'
import { MESSAGE } from './messages.ts'
import type { Simulation } from './simulation.ts'
import { findGrant } from './world.ts'

const LEGACY: readonly (readonly [path: string, endpoint: Endpoint])[] = [
  ['/pixel/track/', legacyTrack(PIXEL)],
  ['/pixel/batch/', legacyBatch(PIXEL)],
  ['/offline/track/', legacyTrack(OFFLINE)],
  ['/offline/batch/', legacyBatch(OFFLINE)],
  ['/app/track/', legacyTrack(APP)],
  ['/app/batch/', legacyBatch(APP)],
]

/** Every path of TikTok that exists here. 1.0 endpoints live in two versions with one payload. */
const ROUTES: ReadonlyMap<string, Endpoint> = new Map([
  ['POST /open_api/v1.3/event/track/', eventTrack],
  ['GET /open_api/v1.3/pixel/list/', pixelList],
  ['GET /open_api/v1.3/oauth2/advertiser/get/', oauth2AdvertiserGet],
  ...LEGACY.map(([path, endpoint]) => [`POST /open_api/v1.2${path}`, endpoint] as const),
  ...LEGACY.map(([path, endpoint]) => [`POST /open_api/v1.3${path}`, endpoint] as const),
])

/** What TikTok says to a call: first the path, then the token, then what the path itself finds. */
export function answerCall(call: Call, simulation: Simulation): Answer {
  const endpoint = ROUTES.get(`${call.method} ${call.path}`)
  if (endpoint === undefined) return refused(CODE.ROUTE_NOT_FOUND, MESSAGE.noRoute(call.path))
  const tokenRefused = refuseToken(call.token, call.at, simulation)
  if (tokenRefused !== null) return tokenRefused
  return endpoint(call, findGrant(simulation.world, call.token!)!, simulation)
}
