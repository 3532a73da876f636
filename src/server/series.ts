import type { Table, Value } from '../core/table.ts'
import type { StoredTable, Warehouse } from '../core/warehouse.ts'
import { ApiFailure } from './api_route.ts'
import type { Series } from './contract_streams.ts'

/** Sums by day that somebody wants to see. */
export interface SeriesAsked {
  readonly schema: string
  readonly table: string
  readonly columns: readonly string[]
  readonly advertiserId?: string | undefined
  /** Days, both included. */
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/** Longest series; more days than this make no chart. */
const DAYS_MAX = 1100

/**
 * The statement that adds figures up by day. Names are those that stand in the warehouse, ids and days have been parsed, so
 * nothing of a person's text gets into it. @throws ApiFailure when the table is not cut by days, or a column cannot be summed
 */
export function seriesQuery(
  { quote }: Pick<Warehouse, 'quote'>,
  stored: StoredTable,
  contract: Table,
  asked: SeriesAsked,
): string {
  const { windowColumn, advertiserColumn } = contract
  if (windowColumn === null) throw refused('table', `"${asked.table}" has no days`)
  for (const [i, name] of asked.columns.entries()) checkColumn(stored, contract, name, `columns[${i}]`)
  const day = `cast(${quote(windowColumn)} as date)`
  const sums = asked.columns.map((name) => `sum(${quote(name)}) as ${quote(name)}`)
  const where = [
    asked.advertiserId === undefined ? null : `${quote(advertiserColumn)} = ${asked.advertiserId}`,
    asked.from === undefined ? null : `${day} >= '${asked.from}'`,
    asked.to === undefined ? null : `${day} <= '${asked.to}'`,
  ].filter((part) => part !== null)
  const filter = where.length === 0 ? '' : ` where ${where.join(' and ')}`
  return `select ${day}, ${sums.join(', ')} from ${quote(asked.schema, asked.table)}${filter} group by ${day} order by ${day} desc limit ${DAYS_MAX}`
}

/** Rows of that statement, oldest day first; sums are decimal text. */
export function toSeries(columns: readonly string[], rows: readonly (readonly Value[])[]): Series {
  const days = rows.map(([day, ...sums]) => ({
    day: String(day).slice(0, 10),
    values: Object.fromEntries(columns.map((name, i) => [name, textOf(sums[i] ?? null)])),
  }))
  return { days: days.toReversed() }
}

const textOf = (value: Value): string | null => (value === null ? null : String(value))

function checkColumn(stored: StoredTable, { columns }: Table, name: string, path: string): void {
  const column = columns.find((one) => one.name === name)
  if (!column || !stored.columns.some((one) => one.name === name)) throw refused(path, `"${name}" is no column of it`)
  if (column.totals === 'sum') return
  const why = column.totals === null ? 'is no figure' : 'cannot be added up; people and averages count once'
  throw refused(path, `"${name}" ${why}`)
}

function refused(path: string, message: string): ApiFailure {
  return new ApiFailure(422, 'api.invalid', `Cannot add up: ${path} ${message}`, [{ path, message }])
}
