import { HOUR_MS, timeText } from '../world/calendar.ts'
import { mix } from '../world/draw.ts'
import type { Advertiser, Audience, Identity, Image, Video } from '../world/world.ts'
import type { Row } from './fields.ts'

const PREVIEW_MS = 6 * HOUR_MS
const IMAGE_MS = HOUR_MS
const AVATAR_MS = 48 * HOUR_MS

/** `2020-06-10T07:39:14Z`: files have ISO times, unlike everything else. */
const isoText = (ms: number) => `${new Date(ms).toISOString().slice(0, 19)}Z`

const digest = (id: string, digits: number) =>
  Array.from({ length: digits / 8 }, (_, part) =>
    mix(part, ...[...id].map((letter) => letter.charCodeAt(0)))
      .toString(16)
      .padStart(8, '0'),
  ).join('')

/** Nothing is behind it, and it says until when it would be: TikTok's change with every answer. */
const url = (kind: string, id: string, until: number) =>
  `https://simulator.example.com/${kind}/${digest(id, 16)}?x-expires=${Math.floor(until / 1000)}`

/** A video as `/file/video/ad/search|info/` give it. `now` in ms. */
export const videoRow = (video: Video, now: number): Row => ({
  video_id: video.video_id,
  material_id: video.material_id,
  file_name: video.file_name,
  format: 'mp4',
  signature: digest(video.video_id, 32),
  size: video.size,
  width: video.width,
  height: video.height,
  duration: video.duration,
  bit_rate: Math.round((video.size * 8) / video.duration),
  fps: 30,
  definition: '720p',
  displayable: true,
  allow_download: true,
  allowed_placements: ['PLACEMENT_TIKTOK', 'PLACEMENT_PANGLE'],
  flaw_types: [],
  fix_task_id: null,
  video_cover_url: url('cover', video.video_id, now + PREVIEW_MS),
  preview_url: url('preview', video.video_id, now + PREVIEW_MS),
  preview_url_expire_time: timeText(now + PREVIEW_MS),
  create_time: isoText(video.createdAt),
  modify_time: isoText(video.createdAt + HOUR_MS),
})

/** An image as `/file/image/ad/search|info/` give it. `now` in ms. */
export const imageRow = (image: Image, now: number): Row => ({
  image_id: image.image_id,
  material_id: image.material_id,
  file_name: image.file_name,
  format: 'jpeg',
  signature: digest(image.image_id, 32),
  size: image.size,
  width: image.width,
  height: image.height,
  url: url('image', image.image_id, now + IMAGE_MS),
  image_url: url('image', image.image_id, now + IMAGE_MS),
  is_carousel_usable: true,
  displayable: true,
  create_time: isoText(image.createdAt),
  modify_time: isoText(image.createdAt),
})

const YEAR_MS = 365 * 24 * HOUR_MS

/** A custom audience as `/dmp/custom_audience/list/` gives it. `now` in ms. */
export function audienceRow(audience: Audience, { advertiser_id }: Advertiser, now: number): Row {
  const expiresAt = audience.createdAt + 2 * YEAR_MS
  return {
    audience_id: audience.audience_id,
    name: audience.name,
    audience_type: audience.audience_type,
    calculate_type: audience.calculate_type === '' ? null : audience.calculate_type,
    cover_num: audience.cover_num,
    owner_id: advertiser_id,
    shared: false,
    is_creator: true,
    is_valid: expiresAt > now,
    is_expiring: expiresAt > now && expiresAt - now < 30 * 24 * HOUR_MS,
    is_auto_refresh: audience.audience_type !== 'CUSTOMER_FILE_AUDIENCE',
    create_time: timeText(audience.createdAt),
    expired_time: timeText(expiresAt),
  }
}

/** A custom audience as `/dmp/custom_audience/get/` gives it. `now` in ms. */
export function audienceDetailRow(audience: Audience, advertiser: Advertiser, now: number, historySize: number): Row {
  const { audience_type, ...row } = audienceRow(audience, advertiser, now)
  const made = {
    action: 'CREATE',
    action_detail: 'SUCCESS',
    editor: 'Simulator',
    msg: '',
    opt_time: row['create_time'],
  }
  return {
    audience_details: {
      ...row,
      type: audience_type,
      audience_sub_type: 'NORMAL',
      rule: null,
      lookalike_spec: null,
      msg: 'AUDIENCE_READY',
      error_msg: '',
    },
    audience_history: [made].slice(0, historySize),
  }
}

/** An identity as `/identity/get/` gives it. `now` in ms. */
export const identityRow = (identity: Identity, now: number): Row => ({
  identity_id: identity.identity_id,
  identity_type: identity.identity_type,
  identity_authorized_bc_id: identity.identity_type === 'BC_AUTH_TT' ? '7000000000000000301' : null,
  display_name: identity.display_name,
  user_name: identity.identity_type === 'CUSTOMIZED_USER' ? null : `simulator_${identity.identity_id.slice(-4)}`,
  profile_image: url('avatar', identity.identity_id, now + AVATAR_MS),
  available_status: 'AVAILABLE',
  ads_only_mode: false,
  can_push_video: identity.identity_type !== 'CUSTOMIZED_USER',
  can_pull_video: identity.identity_type !== 'CUSTOMIZED_USER',
  can_use_live_ads: false,
  can_manage_message: false,
})
