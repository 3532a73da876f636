import type { Advertiser } from '../src/core/stream.ts'
import { LADEN, SHOP, SHOTEN } from '../src/simulator/testing.ts'

/** The advertisers of the local TikTok that may be read, as it lists them. */
export const ADVERTISERS: readonly Advertiser[] = [
  { id: SHOP, name: 'Simulator shop', currency: 'USD', timezone: 'America/New_York' },
  { id: LADEN, name: 'Simulator Laden', currency: 'EUR', timezone: 'Europe/Berlin' },
  { id: SHOTEN, name: 'シミュレーター商店', currency: 'JPY', timezone: 'Asia/Tokyo' },
]

/** All kinds of campaigns that the local TikTok knows of, few ads in each, and nobody who may not be read. */
export const SMALL_WORLD = {
  advertisers: {
    [SHOP]: { campaigns: 12, adgroups: 12, ads: 14, campaigns_later: 4 },
    [LADEN]: { campaigns: 3, adgroups: 4, ads: 6 },
    '7000000000000000003': null,
  },
}
