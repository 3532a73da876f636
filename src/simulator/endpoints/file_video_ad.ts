import {
  booleanValue,
  filteringOf,
  idValue,
  listValue,
  pageOf,
  pagingOf,
  type ReadValue,
  refuseArgument,
  required,
  textValue,
} from '../entities/arguments.ts'
import { videoRow } from '../entities/assets_rows.ts'
import { endpointOf } from '../entities/endpoint_of.ts'
import type { JsonObject } from '../json.ts'
import type { Video } from '../world/world.ts'
import type { Endpoint } from './endpoint.ts'

const PAGE_SIZE = 20
const PAGE_SIZE_MAX = 100
const SEARCH_IDS_MAX = 100
const INFO_IDS_MAX = 60
/** Only so many of the newest are ever found. */
const FOUND_MAX = 10_000

type Pass = (video: Video) => boolean

const numberValue: ReadValue<number> = (value, name) =>
  typeof value === 'number' ? value : refuseArgument(name, 'not a valid number')

const FILTERS: Readonly<Record<string, (value: unknown, name: string) => Pass>> = {
  video_ids: (value, name) => {
    const ids = listValue(textValue, SEARCH_IDS_MAX)(value, name)
    return ({ video_id }) => ids.includes(video_id)
  },
  material_ids: (value, name) => {
    const ids = listValue(idValue, SEARCH_IDS_MAX)(value, name)
    return ({ material_id }) => ids.includes(material_id)
  },
  video_name: (value, name) => {
    const part = textValue(value, name).toLowerCase()
    return ({ file_name }) => file_name.toLowerCase().includes(part)
  },
  width: (value, name) => {
    const wanted = numberValue(value, name)
    return ({ width }) => width === wanted
  },
  height: (value, name) => {
    const wanted = numberValue(value, name)
    return ({ height }) => height === wanted
  },
  displayable: (value, name) => {
    const wanted = booleanValue(value, name)
    return () => wanted
  },
}

const passesOf = (filtering: JsonObject): readonly Pass[] =>
  Object.entries(filtering).map(([name, value]) => {
    const filter = Object.hasOwn(FILTERS, name)
      ? FILTERS[name]!
      : () => refuseArgument('filter field', `${name} is not supported`)
    return filter(value, `filtering.${name}`)
  })

/** `GET /file/video/ad/search/`: an advertiser's videos, newest first. Source: OpenAPI definition of TikTok's SDK. */
export const fileVideoAdSearch: Endpoint = endpointOf(
  (query) => ({ passes: passesOf(filteringOf(query)), paging: pagingOf(query, PAGE_SIZE, PAGE_SIZE_MAX) }),
  ({ passes, paging }, { advertiser, now }) => {
    const there = advertiser.videos.filter(({ createdAt }) => createdAt <= now)
    const found = there
      .toReversed()
      .slice(0, FOUND_MAX)
      .filter((video) => passes.every((pass) => pass(video)))
    const { items, page_info } = pageOf(found, paging)
    return { list: items.map((video) => videoRow(video, now)), page_info }
  },
)

/** `GET /file/video/ad/info/`: the videos with these ids, those that exist. Source: API reference, "Get video info". */
export const fileVideoAdInfo: Endpoint = endpointOf(
  (query) => required(query, 'video_ids', listValue(textValue, INFO_IDS_MAX)),
  (ids, { advertiser, now }) => ({
    list: advertiser.videos
      .filter(({ video_id, createdAt }) => createdAt <= now && ids.includes(video_id))
      .map((video) => videoRow(video, now)),
  }),
)
