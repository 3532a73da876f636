import { refuseToken } from './access.ts'
import { type Answer, refused } from './answer.ts'
import type { Call } from './call.ts'
import { CODE } from './codes.ts'
import { adGet } from './endpoints/ad_get.ts'
import { adGroupGet } from './endpoints/adgroup_get.ts'
import { advertiserInfo } from './endpoints/advertiser_info.ts'
import { campaignGet } from './endpoints/campaign_get.ts'
import { customAudienceGet, customAudienceList } from './endpoints/dmp_custom_audience.ts'
import type { Endpoint, OpenEndpoint } from './endpoints/endpoint.ts'
import { eventTrack } from './endpoints/event_track.ts'
import { fileImageAdInfo, fileImageAdSearch } from './endpoints/file_image_ad.ts'
import { fileVideoAdInfo, fileVideoAdSearch } from './endpoints/file_video_ad.ts'
import { identityGet } from './endpoints/identity_get.ts'
import { APP, legacyBatch, legacyTrack, OFFLINE, PIXEL } from './endpoints/legacy.ts'
import { oauth2AccessToken } from './endpoints/oauth2_access_token.ts'
import { oauth2AdvertiserGet } from './endpoints/oauth2_advertiser_get.ts'
import { oauth2RevokeToken } from './endpoints/oauth2_revoke_token.ts'
import { pixelList } from './endpoints/pixel_list.ts'
import { reportIntegratedGet } from './endpoints/report_integrated_get.ts'
import { reportFile, reportTaskCancel, reportTaskCheck, reportTaskDownload } from './endpoints/report_task.ts'
import { reportTaskCreate } from './endpoints/report_task_create.ts'
import { smartPlusAdGet, smartPlusAdGroupGet, smartPlusCampaignGet } from './endpoints/smart_plus_get.ts'
import { toolTimezone } from './endpoints/tool_timezone.ts'
import { userInfo } from './endpoints/user_info.ts'
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

/** What is read, all under v1.3. */
const READ: readonly (readonly [path: string, endpoint: Endpoint])[] = [
  ['/ad/get/', adGet],
  ['/adgroup/get/', adGroupGet],
  ['/advertiser/info/', advertiserInfo],
  ['/campaign/get/', campaignGet],
  ['/dmp/custom_audience/get/', customAudienceGet],
  ['/dmp/custom_audience/list/', customAudienceList],
  ['/file/image/ad/info/', fileImageAdInfo],
  ['/file/image/ad/search/', fileImageAdSearch],
  ['/file/video/ad/info/', fileVideoAdInfo],
  ['/file/video/ad/search/', fileVideoAdSearch],
  ['/identity/get/', identityGet],
  ['/oauth2/advertiser/get/', oauth2AdvertiserGet],
  ['/pixel/list/', pixelList],
  ['/report/integrated/get/', reportIntegratedGet],
  ['/report/task/check/', reportTaskCheck],
  ['/report/task/download/', reportTaskDownload],
  ['/smart_plus/ad/get/', smartPlusAdGet],
  ['/smart_plus/adgroup/get/', smartPlusAdGroupGet],
  ['/smart_plus/campaign/get/', smartPlusCampaignGet],
  ['/tool/timezone/', toolTimezone],
  ['/user/info/', userInfo],
]

/** Every path of TikTok that exists here and takes a token. 1.0 endpoints live in two versions with one payload. */
const ROUTES: ReadonlyMap<string, Endpoint> = new Map([
  ['POST /open_api/v1.3/event/track/', eventTrack],
  ['POST /open_api/v1.3/report/task/cancel/', reportTaskCancel],
  ['POST /open_api/v1.3/report/task/create/', reportTaskCreate],
  ...READ.map(([path, endpoint]) => [`GET /open_api/v1.3${path}`, endpoint] as const),
  ...LEGACY.map(([path, endpoint]) => [`POST /open_api/v1.2${path}`, endpoint] as const),
  ...LEGACY.map(([path, endpoint]) => [`POST /open_api/v1.3${path}`, endpoint] as const),
])

/** The paths without a token: those to get one or to give it back, and files by their links. */
const OPEN_ROUTES: ReadonlyMap<string, OpenEndpoint> = new Map([
  ['GET /report_files/', reportFile],
  ['POST /open_api/v1.3/oauth2/access_token/', oauth2AccessToken],
  ['POST /open_api/v1.3/oauth2/revoke_token/', oauth2RevokeToken],
])

/** What TikTok says to a call: first the path, then the token, then what the path itself finds. */
export function answerCall(call: Call, simulation: Simulation): Answer {
  const route = `${call.method} ${call.path}`
  const open = OPEN_ROUTES.get(route)
  if (open !== undefined) return open(call, simulation)
  const endpoint = ROUTES.get(route)
  if (endpoint === undefined) return refused(CODE.ROUTE_NOT_FOUND, MESSAGE.noRoute(call.path))
  const tokenRefused = refuseToken(call, simulation)
  if (tokenRefused !== null) return tokenRefused
  return endpoint(call, findGrant(simulation.world, call.token!)!, simulation)
}
