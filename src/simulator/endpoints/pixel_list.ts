import { refuseAdvertiser } from '../access.ts'
import { accepted, refused } from '../answer.ts'
import { CODE } from '../codes.ts'
import { MESSAGE } from '../messages.ts'
import type { Asset } from '../world.ts'
import type { Endpoint } from './endpoint.ts'

const PAGE_SIZE = 10
const PAGE_SIZE_MAX = 20 // most that /pixel/list/ gives
const BORN = '2026-01-01 00:00:00'

/** TikTok gives every pixel a decimal id beside its code; ours is made from the code. */
const pixelIdOf = (code: string): string =>
  `7${[...code]
    .reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1e15, 7)
    .toString()
    .padStart(18, '0')}`

const pixel = ([code, { name, advertiser_id }]: [string, Asset]) => ({
  advertiser_id,
  pixel_id: pixelIdOf(code),
  pixel_code: code,
  pixel_name: name,
  pixel_setup_mode: 'DEVELOPER',
  create_time: BORN,
  partner_name: '',
  asset_ownership: { asset_relation_status: null, ownership_status: true, owner_bc_id: null },
  events: [],
})

const isWithin = (value: number, most: number) => Number.isInteger(value) && value >= 1 && value <= most

/** `GET /pixel/list/`: the pixels of an advertiser, oldest first. Source: API reference, "Pixel List". */
export const pixelList: Endpoint = ({ query }, grant, simulation) => {
  const advertiserId = query.get('advertiser_id')
  const page = Number(query.get('page') ?? 1)
  const pageSize = Number(query.get('page_size') ?? PAGE_SIZE)
  const notAllowed = refuseAdvertiser(advertiserId, grant, simulation)
  if (notAllowed !== null) return notAllowed
  if (!isWithin(page, Number.MAX_SAFE_INTEGER))
    return refused(CODE.PARAM_ERROR, MESSAGE.invalid('page', 'must be at least 1'))
  if (!isWithin(pageSize, PAGE_SIZE_MAX)) {
    return refused(CODE.PARAM_ERROR, MESSAGE.invalid('page_size', `must be between 1 and ${PAGE_SIZE_MAX}`))
  }

  const code = query.get('code')
  const pixels = Object.entries(simulation.world.pixels)
    .filter(([own, asset]) => asset.advertiser_id === advertiserId && (code === null || own === code))
    .map(pixel)
  const page_info = {
    page,
    page_size: pageSize,
    total_number: pixels.length,
    total_page: Math.ceil(pixels.length / pageSize),
  }
  return accepted({ pixels: pixels.slice((page - 1) * pageSize, page * pageSize), page_info })
}
