import type { Endpoint } from './endpoint.ts'
import type { Reader } from './reader.ts'

/** One page of a list as an endpoint gives it. */
export interface ListPage<Item> {
  readonly list: readonly Item[]
  /** Of all pages together; null when the answer does not say. */
  readonly total_number: number | null
}

/** What stands in every list of TikTok's that comes in pages. */
export interface PageParams {
  /** From 1. */
  readonly page?: number
  readonly page_size?: number
}

export interface ReadPage<Item> {
  readonly items: readonly Item[]
  readonly total: number | null
  /** What TikTok said when it cut the answer short. */
  readonly truncation: string | null
}

/** Ours: a list that moves under our hands three times over is taken as it comes. */
const REREADS_MAX = 3

/**
 * All pages of a list. When its length changes while it is read, rows may have moved from one page to another, so it is
 * read again from the start; items that came before then come again, and the later ones count.
 */
export async function* readPages<Params extends PageParams, Item>(
  reader: Reader,
  endpoint: Endpoint<Params, ListPage<Item>>,
  params: Params & { readonly page_size: number },
): AsyncGenerator<ReadPage<Item>, void, void> {
  let first: number | null = null
  for (let page = 1, rereads = 0; ; page += 1) {
    const { data, truncation } = await reader.call(endpoint, { ...params, page })
    const { list, total_number: total } = data
    if (page > 1 && total !== first && rereads < REREADS_MAX) {
      reader.note({ kind: 'shifted', message: shiftedWords(endpoint.path, first, total) })
      rereads += 1
      page = 0
      continue
    }
    if (page === 1) first = total
    yield { items: list, total, truncation }
    if (list.length === 0 || isLast(page, params.page_size, list.length, total)) return
  }
}

function isLast(page: number, pageSize: number, length: number, total: number | null): boolean {
  return total === null ? length < pageSize : page * pageSize >= total
}

function shiftedWords(path: string, before: number | null, after: number | null): string {
  return `${path} had ${before ?? 'no'} rows and has ${after ?? 'none'} now; it is read again from its first page`
}
