import { type Answer, refused } from '../answer.ts'
import { CODE } from '../codes.ts'
import { isObject, type JsonObject } from '../json.ts'
import { MESSAGE } from '../messages.ts'
import { REPORT_TYPES, type ReportType } from './catalog.ts'
import type { Filter, ReportQuery } from './query.ts'

/** Arguments of a GET or members of a POST, decoded; what was not given is absent. */
type Arguments = JsonObject

/** Why arguments cannot be read; caught where reading began. */
class Unreadable extends Error {
  override readonly name = 'Unreadable'
}

const fail = (field: string, reason: string): never => {
  throw new Unreadable(MESSAGE.invalid(field, reason))
}

const LISTS = ['advertiser_ids', 'dimensions', 'metrics', 'filtering']
const FLAGS = [
  'query_lifetime',
  'enable_total_metrics',
  'multi_adv_report_in_utc_time',
  'enable_report_title_translation',
]
const NUMBERS = ['page', 'page_size']

function parseList(field: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return fail(field, 'not a valid list')
  }
}

function parseFlag(field: string, text: string): boolean {
  if (/^true$/i.test(text)) return true
  return /^false$/i.test(text) ? false : fail(field, 'not a valid boolean')
}

function parseNumber(field: string, text: string): number {
  return /^-?\d+$/.test(text) ? Number(text) : fail(field, 'not a valid integer')
}

function decode(field: string, text: string): unknown {
  if (LISTS.includes(field)) return parseList(field, text)
  if (FLAGS.includes(field)) return parseFlag(field, text)
  return NUMBERS.includes(field) ? parseNumber(field, text) : text
}

/** Query arguments as a JSON object: lists and objects come as JSON text. An empty argument counts as left out. */
function argumentsOf(query: URLSearchParams): Arguments {
  const given = [...query].filter(([, text]) => text !== '')
  return Object.fromEntries(given.map(([field, text]) => [field, decode(field, text)]))
}

function textOf(given: Arguments, field: string): string | null {
  const value = given[field]
  if (value === undefined || value === null || value === '') return null
  return typeof value === 'string' ? value : fail(field, 'not a valid string')
}

function idOf(given: Arguments, field: string): string | null {
  const id = textOf(given, field)
  return id === null || /^\d+$/.test(id) ? id : fail(field, 'not a valid id')
}

function flagOf(given: Arguments, field: string): boolean {
  const value = given[field] ?? false
  return typeof value === 'boolean' ? value : fail(field, 'not a valid boolean')
}

function numberOf(given: Arguments, field: string, byDefault: number): number {
  const value = given[field] ?? byDefault
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : fail(field, 'not a valid integer')
}

function textsOf(given: Arguments, field: string): readonly string[] | null {
  const value = given[field]
  if (value === undefined || value === null) return null
  if (!Array.isArray(value)) return fail(field, 'not a valid list')
  return value.map((one, index) => (typeof one === 'string' ? one : fail(`${field}.${index}`, 'not a valid string')))
}

function choiceOf<T extends string>(
  given: Arguments,
  field: string,
  choices: readonly T[],
  byDefault: T | null,
): T | null {
  const text = textOf(given, field)
  if (text === null) return byDefault
  return choices.find((choice) => choice === text) ?? fail(field, `must be one of ${choices.join(', ')}`)
}

const FILTER_TYPES = [
  'IN',
  'MATCH',
  'GREATER_EQUAL',
  'GREATER_THAN',
  'LOWER_EQUAL',
  'LOWER_THAN',
  'BETWEEN',
  'RANGE',
  'CONTAIN_ANY_OF',
  'NOT_IN',
]

const LIST_FILTERS = ['IN', 'NOT_IN', 'BETWEEN', 'CONTAIN_ANY_OF', 'RANGE']

function valuesOf(type: string, text: string, path: string): readonly string[] {
  if (!LIST_FILTERS.includes(type)) return [text]
  let list: unknown
  try {
    list = JSON.parse(text)
  } catch {
    return fail(path, 'must be the text of a JSON array')
  }
  if (!Array.isArray(list)) return fail(path, 'must be the text of a JSON array')
  return list.map((one) =>
    typeof one === 'string' || typeof one === 'number' ? `${one}` : fail(path, 'must hold texts'),
  )
}

/** Rule R15: the three members, and the form of the value for the type. */
function filterOf(given: unknown, index: number): Filter {
  const path = `filtering.${index}`
  if (!isObject(given)) return fail(path, 'not a valid object')
  const members = ['field_name', 'filter_type', 'filter_value'].map((member) => {
    const value = given[member]
    if (value === undefined || value === null) throw new Unreadable(MESSAGE.missing(`${path}.${member}`))
    return typeof value === 'string' ? value : fail(`${path}.${member}`, 'not a valid string')
  })
  const [field, type, text] = members as [string, string, string]
  if (!FILTER_TYPES.includes(type)) fail(`${path}.filter_type`, `must be one of ${FILTER_TYPES.join(', ')}`)
  return { field, type, values: valuesOf(type, text, `${path}.filter_value`) }
}

function filtersOf(given: Arguments): readonly Filter[] {
  const list = given['filtering'] ?? []
  return Array.isArray(list) ? list.map(filterOf) : fail('filtering', 'not a valid list')
}

const DATA_LEVELS = ['AD', 'ADGROUP', 'CAMPAIGN', 'ADVERTISER'].flatMap((level) => [
  `AUCTION_${level}`,
  `RESERVATION_${level}`,
])
const IN_TASKS: readonly ReportType[] = ['BASIC', 'AUDIENCE', 'CATALOG']

function readDataLevel(given: Arguments): string | null {
  const level = choiceOf(given, 'data_level', DATA_LEVELS, null)
  return level?.startsWith('RESERVATION_')
    ? fail('data_level', 'RESERVATION levels are deprecated, use AUCTION ones')
    : level
}

function readReportType(given: Arguments, isAsync: boolean): ReportType {
  if (textOf(given, 'report_type') === null) throw new Unreadable(MESSAGE.missing('report_type'))
  return choiceOf<ReportType>(given, 'report_type', isAsync ? IN_TASKS : REPORT_TYPES, null)!
}

const defaultMetrics = (report: ReportType): readonly string[] => {
  if (report === 'TT_SHOP') return ['spend', 'billed_cost']
  return report === 'BC' ? ['spend', 'cash_spend', 'voucher_spend', 'impressions', 'clicks'] : ['spend', 'impressions']
}

/** Whose report it is. Source: rules R23 and R27. */
function readAccounts(given: Arguments, report: ReportType) {
  const ids = textsOf(given, 'advertiser_ids')
  const id = idOf(given, 'advertiser_id')
  const bcId = idOf(given, 'bc_id')
  if (report === 'BC') {
    if (bcId === null) throw new Unreadable(MESSAGE.missing('bc_id'))
    return { advertiserIds: [], isMulti: false, bcId }
  }
  if (ids !== null && ids.length > 0 && report !== 'BASIC' && report !== 'AUDIENCE')
    fail('advertiser_ids', 'only reports of type BASIC and AUDIENCE take it')
  if (ids !== null && ids.length > 0) {
    const strange = ids.findIndex((one) => !/^\d+$/.test(one))
    if (strange >= 0) fail(`advertiser_ids.${strange}`, 'not a valid id')
    if (ids.length > 5) fail('advertiser_ids', 'must hold 1 to 5 ids')
    return { advertiserIds: [...new Set(ids)], isMulti: new Set(ids).size > 1, bcId: null }
  }
  if (id === null) throw new Unreadable(MESSAGE.missing('advertiser_id'))
  return { advertiserIds: [id], isMulti: false, bcId: null }
}

function readAll(given: Arguments, isAsync: boolean): ReportQuery {
  const reportType = readReportType(given, isAsync)
  const service = choiceOf(given, 'service_type', ['AUCTION', 'RESERVATION'], 'AUCTION')
  if (service === 'RESERVATION') fail('service_type', 'RESERVATION is deprecated, use AUCTION')
  const accounts = readAccounts(given, reportType)
  return {
    isAsync,
    reportType,
    ...accounts,
    dataLevel: readDataLevel(given),
    dimensions: textsOf(given, 'dimensions') ?? [],
    metrics: [...new Set(textsOf(given, 'metrics') ?? defaultMetrics(reportType))],
    startDate: textOf(given, 'start_date'),
    endDate: textOf(given, 'end_date'),
    isLifetime: flagOf(given, 'query_lifetime'),
    filters: filtersOf(given),
    orderField: textOf(given, 'order_field'),
    isAscending: choiceOf(given, 'order_type', ['ASC', 'DESC'], 'DESC') === 'ASC',
    hasTotals: flagOf(given, 'enable_total_metrics'),
    isUtc: flagOf(given, 'multi_adv_report_in_utc_time'),
    isChunk: choiceOf(given, 'query_mode', ['REGULAR', 'CHUNK'], 'REGULAR') === 'CHUNK',
    page: numberOf(given, 'page', 1),
    pageSize: numberOf(given, 'page_size', 10),
  }
}

function reading<T>(read: () => T): T | Answer {
  try {
    return read()
  } catch (error) {
    if (error instanceof Unreadable) return refused(CODE.PARAM_ERROR, error.message)
    throw error
  }
}

/** The report that query arguments ask for, or why they cannot be read (40002 naming the argument). */
export const readQuery = (query: URLSearchParams): ReportQuery | Answer =>
  reading(() => readAll(argumentsOf(query), false))

/** The report that a task's JSON body asks for, or why it cannot be read. */
export const readTaskQuery = (body: JsonObject): ReportQuery | Answer => reading(() => readAll(body, true))
