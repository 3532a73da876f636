import { isObject, type Json, type JsonObject } from '../../core/json.ts'
import type { Endpoint } from '../endpoint.ts'
import { ENTITIES_BYTES_MAX, namesOf, parseEntities } from '../entity_list.ts'
import type { ListPage } from '../read_pages.ts'

export interface PixelListParams {
  readonly advertiser_id: string
  /** Only the pixel with this code. */
  readonly code?: string
  readonly page?: number
  /** 1 to 20; 10 when not given. */
  readonly page_size?: number
}

export interface Pixel {
  readonly pixel_id: string
  /** What the Events API takes as `event_source_id`. */
  readonly pixel_code: string
  readonly pixel_name: string
}

export interface PixelList {
  readonly pixels: readonly Pixel[]
  /** Of all pages together; null when the answer does not say. */
  readonly total_number: number | null
}

/** The pixels an advertiser may use; the cheapest question that a token must be good for. */
export const pixelList: Endpoint<PixelListParams, PixelList> = {
  method: 'GET',
  path: '/pixel/list/',
  docs: 'TikTok API for Business v1.3, Pixel, Get pixels',
  parse,
}

/** The same, with everything TikTok knows of each pixel. */
export const pixelListWhole: Endpoint<PixelListParams, ListPage<JsonObject>> = {
  method: 'GET',
  path: pixelList.path,
  docs: pixelList.docs,
  answerBytesMax: ENTITIES_BYTES_MAX,
  parse: parseEntities('pixels', 'pixel_id'),
}

/** What TikTok documents of a pixel. */
export const PIXEL_FIELDS: ReadonlySet<string> = namesOf(`
  pixel_id pixel_code pixel_name pixel_script partner_name pixel_category pixel_setup_mode enable_first_party_cookies
  enable_expanded_data_sharing create_time events advanced_matching_fields asset_ownership
  automatic_advanced_matching_fields
`)

function parse(data: Json): PixelList {
  if (!isObject(data) || !Array.isArray(data['pixels']))
    throw new Error('Cannot read the pixels: there is no list of them')
  const total = isObject(data['page_info']) ? data['page_info']['total_number'] : null
  return { pixels: data['pixels'].map(parsePixel), total_number: typeof total === 'number' ? total : null }
}

function parsePixel(pixel: Json): Pixel {
  if (!isObject(pixel) || typeof pixel['pixel_code'] !== 'string')
    throw new Error('Cannot read a pixel: it has no code')
  return {
    pixel_id: String(pixel['pixel_id'] ?? ''),
    pixel_code: pixel['pixel_code'],
    pixel_name: String(pixel['pixel_name'] ?? ''),
  }
}
