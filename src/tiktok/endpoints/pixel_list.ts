import { isObject, type Json } from '../../core/json.ts'
import type { Endpoint } from '../endpoint.ts'

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
