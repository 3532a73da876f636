import { auditColumns } from '../src/core/audit_columns.ts'
import type { DayRange } from '../src/core/stream.ts'
import type { Column, ColumnType, Row, Table, TableMode, Totals, Value } from '../src/core/table.ts'
import type { LoadRequest, LoadResult, Warehouse } from '../src/core/warehouse.ts'

/** Tables small enough to be read at a glance, one of each mode, and what loads and reads them. */

export const ADVERTISER = '7300000000000000001'
export const OTHER_ADVERTISER = '7300000000000000002'

export const aColumn = (name: string, type: ColumnType, totals: Totals | null = null): Column => ({
  name,
  type,
  about: `What ${name} is.`,
  apiField: name,
  totals,
  latencyHours: null,
})

const aTable = (name: string, mode: TableMode, key: readonly string[], columns: readonly Column[]): Table => ({
  name,
  about: `What ${name} holds.`,
  group: mode === 'window' || mode === 'snapshot' ? 'report' : 'entity',
  mode,
  columns,
  key,
  advertiserColumn: 'advertiser_id',
  windowColumn: mode === 'window' ? 'stat_time_day' : null,
  references: [],
})

const FIGURES = [
  aColumn('spend', 'money', 'sum'),
  aColumn('clicks', 'integer', 'sum'),
  aColumn('ctr', 'ratio', 'recompute'),
]

/** (ad, advertiser, day, spend, clicks, ctr) */
export const DAILY = aTable(
  'ad_report_daily',
  'window',
  ['ad_id', 'stat_time_day'],
  [aColumn('ad_id', 'id'), aColumn('advertiser_id', 'id'), aColumn('stat_time_day', 'local_time'), ...FIGURES],
)

/** (ad, advertiser, spend, clicks, ctr) */
export const LIFETIME = aTable(
  'ad_report_lifetime',
  'snapshot',
  ['ad_id'],
  [aColumn('ad_id', 'id'), aColumn('advertiser_id', 'id'), ...FIGURES],
)

/** (campaign, updated at, advertiser, name) */
export const HISTORY = aTable(
  'campaign_history',
  'history',
  ['campaign_id', 'updated_at'],
  [
    aColumn('campaign_id', 'id'),
    aColumn('updated_at', 'local_time'),
    aColumn('advertiser_id', 'id'),
    aColumn('campaign_name', 'text'),
  ],
)

/** (code, advertiser, name); its key is a text. */
export const PIXELS = aTable(
  'pixel',
  'upsert',
  ['pixel_code'],
  [aColumn('pixel_code', 'text'), aColumn('advertiser_id', 'id'), aColumn('pixel_name', 'text')],
)

/** A column of each type, and a key of several. */
export const EVERYTHING = aTable(
  'everything',
  'snapshot',
  ['id', 'text_key', 'day_key'],
  [
    aColumn('id', 'id'),
    aColumn('text_key', 'text'),
    aColumn('day_key', 'date'),
    aColumn('advertiser_id', 'id'),
    aColumn('a_text', 'text'),
    aColumn('an_integer', 'integer', 'sum'),
    aColumn('a_money', 'money', 'sum'),
    aColumn('a_ratio', 'ratio', 'none'),
    aColumn('a_boolean', 'boolean'),
    aColumn('a_date', 'date'),
    aColumn('a_local_time', 'local_time'),
    aColumn('an_instant', 'instant'),
    aColumn('a_json', 'json'),
  ],
)

/** A row of DAILY, without a rate. */
export const daily = (ad: string, day: number, spend: string | null, clicks: string | null, of = ADVERTISER): Row => [
  ad,
  of,
  timeOf(day),
  spend,
  clicks,
  null,
]

/** Creates tables where they are missing. */
export const create = (warehouse: Warehouse, schema: string, ...tables: readonly Table[]) =>
  warehouse.change(
    schema,
    tables.map((table) => ({ kind: 'create_table', table })),
  )

export type LoadOptions = Partial<Omit<LoadRequest, 'pages' | 'table' | 'run'>> & {
  readonly schema: string
  readonly table: Table
  /** Number of the run; its time is as many seconds since 1970. */
  readonly run?: number
  readonly pages?: LoadRequest['pages']
}

/** Loads rows in pages of two, of one advertiser and all days unless something else is said. */
export function load(warehouse: Warehouse, options: LoadOptions, rows: readonly Row[] = []): Promise<LoadResult> {
  const { run = 1, pages = inPages(rows, 2), ...rest } = options
  return warehouse.load({
    advertiserId: ADVERTISER,
    days: null,
    isFinal: false,
    acceptsEmpty: false,
    ...rest,
    pages,
    run: { id: `run-${run}`, at: run * 1000 },
  })
}

export async function* inPages(rows: readonly Row[], size: number): AsyncGenerator<readonly Row[]> {
  for (let i = 0; i < rows.length; i += size) yield rows.slice(i, i + size)
}

export const days = (from: number, to: number): DayRange => ({ from: dayOf(from), to: dayOf(to) })
export const dayOf = (day: number): string => `2026-03-${String(day).padStart(2, '0')}`
export const timeOf = (day: number): string => `${dayOf(day)} 00:00:00`

/** All rows of an answer. */
export async function ask(warehouse: Warehouse, sql: string, params: readonly Value[] = []): Promise<Row[]> {
  const rows: Row[] = []
  for await (const page of (await warehouse.query(sql, params)).pages) rows.push(...page)
  return rows
}

/** A table's rows in order of its key, without our own columns unless they are named. */
export function rowsOf(
  warehouse: Warehouse,
  schema: string,
  table: Table,
  own: readonly string[] = [],
): Promise<readonly Row[]> {
  const names = [...table.columns.map(({ name }) => name), ...own].map((name) => warehouse.quote(name))
  const order = table.key.map((name) => warehouse.quote(name)).join(', ')
  return ask(warehouse, `select ${names.join(', ')} from ${warehouse.quote(schema, table.name)} order by ${order}`)
}

export const auditNamesOf = (table: Table): readonly string[] => auditColumns(table.mode).map(({ name }) => name)
