import { idValue, oneOfValue, pageOf, pagingOf } from '../entities/arguments.ts'
import { endpointOf } from '../entities/endpoint_of.ts'
import { pixelIdOf } from '../entities/pixel_id.ts'
import type { Asset } from '../world.ts'
import type { Endpoint } from './endpoint.ts'

const PAGE_SIZE = 10
const PAGE_SIZE_MAX = 20 // most that /pixel/list/ gives
const BORN = '2026-01-01 00:00:00'
const ORDERS = ['EARLIEST_CREATE', 'LATEST_CREATE'] as const

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

function read(query: URLSearchParams) {
  const id = query.get('pixel_id')
  const order = query.get('order_by')
  return {
    id: id ? idValue(id, 'pixel_id') : null,
    code: query.get('code'),
    name: query.get('name')?.toLowerCase() ?? '',
    isNewestFirst: (order ? oneOfValue(ORDERS)(order, 'order_by') : ORDERS[0]) === 'LATEST_CREATE',
    paging: pagingOf(query, PAGE_SIZE, PAGE_SIZE_MAX),
  }
}

/** `GET /pixel/list/`: the pixels of an advertiser, oldest first. Source: API reference, "Pixel List". */
export const pixelList: Endpoint = endpointOf(read, ({ id, code, name, isNewestFirst, paging }, scene) => {
  const { advertiser_id } = scene.advertiser
  const pixels = Object.entries(scene.world.pixels)
    .filter(([own, asset]) => asset.advertiser_id === advertiser_id && (code === null || own === code))
    .map(pixel)
    .filter(({ pixel_id, pixel_name }) => (id === null || pixel_id === id) && pixel_name.toLowerCase().includes(name))
  const { items, page_info } = pageOf(isNewestFirst ? pixels.toReversed() : pixels, paging)
  return { pixels: items, page_info }
})
