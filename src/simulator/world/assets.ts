import { draw, drawRatio, mix, pick } from './draw.ts'
import { idOf } from './ids.ts'
import { adTitle } from './titles.ts'
import type { Audience, Identity, Image, Video } from './world.ts'

/** What assets of one account are made of. */
export interface Shopfront {
  readonly language: string
  readonly createdAt: number
  /** When the last of them is added, in ms; it may lie ahead. */
  readonly lastAt: number
  readonly seed: number
  readonly index: number
}

const VIDEOS = 36
const IMAGES = 14
const AUDIENCES = 5
const IDENTITIES = 3
const FORMATS = [
  [1080, 1920],
  [720, 1280],
  [1080, 1080],
] as const

const hex = (seed: number, digits: number): string =>
  Array.from({ length: Math.ceil(digits / 8) }, (_, part) => mix(seed, 71, part).toString(16).padStart(8, '0'))
    .join('')
    .slice(0, digits)

/** When the n-th of `count` assets is added, evenly from the account's first day on, in ms. */
const addedAt = (nth: number, count: number, { createdAt, lastAt }: Shopfront) =>
  Math.floor((createdAt + ((nth + 0.5) / count) * (lastAt - createdAt)) / 1000) * 1000

/** The account's videos, oldest first. */
export const videosOf = (shopfront: Shopfront): readonly Video[] =>
  Array.from({ length: VIDEOS }, (_, nth) => {
    const seed = mix(shopfront.seed, 61, nth)
    const createdAt = addedAt(nth, VIDEOS, shopfront)
    const [width, height] = pick(FORMATS, seed, 1)
    const duration = Math.round(drawRatio(seed, 2, 6, 55) * 1000) / 1000
    return {
      video_id: `v10033g50000${hex(seed, 20)}`,
      material_id: idOf('material', createdAt, shopfront.index, nth),
      file_name: `${adTitle(shopfront.language, nth, seed)}.mp4`,
      createdAt,
      width,
      height,
      duration,
      size: Math.round(duration * drawRatio(seed, 3, 120_000, 600_000)),
    }
  })

/** The account's images, oldest first. */
export const imagesOf = (shopfront: Shopfront): readonly Image[] =>
  Array.from({ length: IMAGES }, (_, nth) => {
    const seed = mix(shopfront.seed, 62, nth)
    const createdAt = addedAt(nth, IMAGES, shopfront)
    const [width, height] = pick(FORMATS, seed, 1)
    return {
      image_id: `ad-site-i18n-sg/${hex(seed, 32)}`,
      material_id: idOf('material', createdAt, shopfront.index, VIDEOS + nth),
      file_name: `${adTitle(shopfront.language, nth, seed)}.jpg`,
      createdAt,
      width,
      height,
      size: Math.round(drawRatio(seed, 3, 60_000, 900_000)),
    }
  })

const AUDIENCE_KINDS = [
  ['Customer file', 'CUSTOMER_FILE_AUDIENCE', 'MULTIPLE_TYPES'],
  ['Website visitors', 'WEBSITE_TRAFFIC_AUDIENCE', ''],
  ['Engaged viewers', 'ENGAGEMENT_AUDIENCE', ''],
  ['Lookalike of customers', 'LOOKALIKE_AUDIENCE', ''],
  ['App users', 'APP_ACTIVITY_AUDIENCE', ''],
] as const

/** The account's custom audiences, oldest first. */
export const audiencesOf = (shopfront: Shopfront): readonly Audience[] =>
  Array.from({ length: AUDIENCES }, (_, nth) => {
    const seed = mix(shopfront.seed, 63, nth)
    const createdAt = addedAt(nth, AUDIENCES, shopfront)
    const [name, audience_type, calculate_type] = AUDIENCE_KINDS[nth % AUDIENCE_KINDS.length]!
    return {
      audience_id: idOf('audience', createdAt, shopfront.index, nth),
      name,
      audience_type,
      calculate_type,
      cover_num: Math.round(drawRatio(seed, 1, 800, 900_000)),
      createdAt,
    }
  })

const IDENTITY_KINDS = ['CUSTOMIZED_USER', 'TT_USER', 'BC_AUTH_TT'] as const

/** The names the account's ads appear under. */
export const identitiesOf = (shopfront: Shopfront): readonly Identity[] =>
  Array.from({ length: IDENTITIES }, (_, nth) => ({
    identity_id: idOf('identity', addedAt(nth, IDENTITIES, shopfront), shopfront.index, nth),
    identity_type: IDENTITY_KINDS[nth % IDENTITY_KINDS.length]!,
    display_name: `${draw(shopfront.seed, 64 + nth) < 0.5 ? 'Simulator' : 'シミュレーター'} shop ${nth + 1}`,
  }))
