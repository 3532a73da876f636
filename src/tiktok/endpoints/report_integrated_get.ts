import { isObject, type Json, type JsonObject } from '../../core/json.ts'
import type { Day } from '../../core/stream.ts'
import type { Endpoint } from '../endpoint.ts'
import type { ReportFilter } from '../reporting/query.ts'

export interface ReportIntegratedGetParams {
  readonly advertiser_id: string
  readonly report_type: 'BASIC' | 'AUDIENCE'
  readonly data_level: string
  readonly dimensions: readonly string[]
  readonly metrics: readonly string[]
  /** Both days are included; the zone is the advertiser's. */
  readonly start_date?: Day
  readonly end_date?: Day
  readonly query_lifetime?: true
  readonly filtering?: readonly ReportFilter[]
  readonly page: number
  /** 1 to 1,000. */
  readonly page_size: number
}

/** One row of a report, its cells as TikTok gives them. */
export interface ReportRow {
  readonly dimensions: JsonObject
  readonly metrics: JsonObject
}

export interface ReportPage {
  readonly rows: readonly ReportRow[]
  /** Of all pages together. */
  readonly total_number: number
}

/** A thousand rows of a hundred metrics are some five megabytes. */
const ANSWER_BYTES_MAX = 32 * 1024 * 1024

/** Figures of one advertiser, by object, time and breakdown; one page. */
export const reportIntegratedGet: Endpoint<ReportIntegratedGetParams, ReportPage> = {
  method: 'GET',
  path: '/report/integrated/get/',
  docs: 'TikTok API for Business v1.3, Reporting, Run a synchronous report',
  parse,
  answerBytesMax: ANSWER_BYTES_MAX,
  isShrinkable: true,
}

function parse(data: Json): ReportPage {
  if (!isObject(data) || !Array.isArray(data['list'])) throw new Error('Cannot read a report: there is no list of rows')
  const total = isObject(data['page_info']) ? data['page_info']['total_number'] : null
  if (typeof total !== 'number') throw new Error('Cannot read a report: nothing says how many rows there are')
  const { list } = data
  if (!list.every(isRow)) throw new Error('Cannot read a report: a row has no dimensions or no metrics')
  return { rows: list as unknown as readonly ReportRow[], total_number: total }
}

const isRow = (row: Json): boolean => isObject(row) && isObject(row['dimensions']) && isObject(row['metrics'])
