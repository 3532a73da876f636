import type { Stream } from '../core/stream.ts'
import type { Reader } from '../tiktok/reader.ts'
import { adHistory } from './ad_history.ts'
import { adgroupHistory } from './adgroup_history.ts'
import { advertiser } from './advertiser.ts'
import { campaignHistory } from './campaign_history.ts'
import { customAudience } from './custom_audience.ts'
import { image } from './image.ts'
import { pixel } from './pixel.ts'
import { video } from './video.ts'

/** What an advertiser has, in the order in which tables refer to one another. */
export const entityStreams: readonly Stream<Reader>[] = [
  advertiser,
  campaignHistory,
  adgroupHistory,
  adHistory,
  video,
  image,
  pixel,
  customAudience,
]
