import { isObject, type Json, type JsonObject } from '../core/json.ts'
import type { ListPage } from './read_pages.ts'

/** Lists of campaigns, videos and the like: what their endpoints have in common. */

/** 1,000 ad groups with all their targeting come to some ten megabytes. */
export const ENTITIES_BYTES_MAX = 64 * 1024 * 1024

/** Which campaigns, ad groups or ads are listed; all of these fields exist at all three. */
export interface EntityFilter {
  /** STATUS_ALL lists the deleted ones too. */
  readonly primary_status?: 'STATUS_ALL' | 'STATUS_NOT_DELETE' | 'STATUS_DELETE'
  /** RESERVATION_TOP_VIEW must stand alone. */
  readonly buying_types?: readonly ('AUCTION' | 'RESERVATION_RF' | 'RESERVATION_TOP_VIEW')[]
  /** Boosted posts are PROMOTE, and are left out unless asked for. */
  readonly campaign_system_origins?: readonly ('TT_ADS_PLATFORM' | 'PROMOTE')[]
}

/** Reads a page of a list; throws an Error when there is none, or an entry without the id that tells it from others. */
export function parseEntities(listName: string, idField: string): (data: Json) => ListPage<JsonObject> {
  return (data) => {
    if (!isObject(data)) throw new Error(`Cannot read "${listName}": the answer holds nothing`)
    const total = isObject(data['page_info']) ? data['page_info']['total_number'] : null
    // A list of nothing may come as null.
    const list = total === 0 ? (data[listName] ?? []) : data[listName]
    if (!Array.isArray(list)) throw new Error(`Cannot read "${listName}": there is no list`)
    return {
      list: list.map((entry) => parseEntity(entry, listName, idField)),
      total_number: typeof total === 'number' ? total : null,
    }
  }
}

function parseEntity(entry: Json, listName: string, idField: string): JsonObject {
  const id = isObject(entry) ? entry[idField] : null
  if (!isObject(entry) || !isId(id)) throw new Error(`Cannot read an entry of "${listName}": it has no ${idField}`)
  return typeof id === 'number' ? { ...entry, [idField]: String(id) } : entry
}

const isId = (id: Json | undefined): boolean => (typeof id === 'string' && id !== '') || typeof id === 'number'

/** Names of fields, set apart by blanks. */
export const namesOf = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/))
