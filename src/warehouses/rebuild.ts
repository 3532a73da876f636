import type { Table } from '../core/table.ts'
import type { LoadRequest } from '../core/warehouse.ts'
import { duckdbDialect } from './duckdb_dialect.ts'
import type { FileColumn } from './files_format.ts'
import { type Dialect, qualified, type Session, type StageColumn } from './sql_dialect.ts'

/**
 * Loads for what cannot change rows: partitions of a table are read into DuckDB, changed there, and kept anew as a whole.
 */

const dialect: Dialect = duckdbDialect
const { quote, text } = dialect

/** A table whose rows stand in partitions: one for each advertiser and, where there is such a column, month. */
export interface PartedTable {
  readonly key: readonly string[]
  readonly columns: readonly FileColumn[]
  readonly advertiserColumn: string
  /** Column whose months part the rows of an advertiser; null when they stay together. */
  readonly monthColumn: string | null
}

/** How the rows of a table are parted. A row whose month is no part of its key could move from one partition to another. */
export const partsOf = ({
  key,
  advertiserColumn,
  windowColumn,
}: Table): Pick<PartedTable, 'advertiserColumn' | 'monthColumn'> => ({
  advertiserColumn,
  monthColumn: windowColumn !== null && key.includes(windowColumn) ? windowColumn : null,
})

/** What a change will read and write: partitions of a table; null: all it has. */
export interface Need {
  readonly table: string
  readonly partitions: ReadonlySet<string> | null
}

/** A partition that is another one now. */
export interface ChangedPartition {
  readonly table: string
  /** Such as `7300000000000000001_2026-03`. */
  readonly partition: string
  /** None: it has no rows any more. */
  readonly rows: number
  /** Gives its rows, in order of the key. */
  readonly question: string
}

/** Where partitions stand. */
export interface PartitionStore {
  /** The question that gives the rows of what is needed, every column in its type. */
  rowsOf(need: Need): Promise<string>
  keep(changed: ChangedPartition): Promise<void>
}

/**
 * Puts what is needed into tables in memory, lets `work` change them, and keeps each partition that is another one
 * afterwards, in the order of the needs. The session is in a transaction; nothing of the tables stays in it.
 */
export async function rebuild<T>(
  session: Session,
  schema: string,
  tables: Readonly<Record<string, PartedTable>>,
  needs: readonly Need[],
  { rowsOf, keep }: PartitionStore,
  work: () => Promise<T>,
): Promise<T> {
  await session.run(`create schema if not exists ${quote(schema)}`)
  const opened = []
  for (const need of needs) {
    const name = qualified(dialect, schema, need.table)
    await session.run(`create table ${name} as ${await rowsOf(need)}`)
    opened.push({ name, table: need.table, before: await digestsOf(session, name, tables[need.table]!) })
  }
  const result = await work()
  for (const { name, table, before } of opened) {
    for (const changed of await changedPartitions(session, name, tables[table]!, before))
      await keep({ table, ...changed })
    await session.run(`drop table ${name}`)
  }
  return result
}

/** The partitions of a table that a load may read or write; `standing` are those it has. */
export async function partitionsOfLoad(
  session: Session,
  table: PartedTable,
  { advertiserId, days }: LoadRequest,
  standing: readonly string[],
  stage: string,
  columns: readonly StageColumn[],
): Promise<ReadonlySet<string>> {
  const has = new Set(columns.map(({ name }) => name))
  const coming = await session.rows(`select distinct ${partitionOf(table, has)} from ${stage}`)
  const mine = standing.filter((partition) => {
    const [advertiser, month = 'none'] = partition.split('_')
    return advertiser === advertiserId && isWithin(month, days)
  })
  return new Set([...mine, ...coming.map(([partition]) => partition!)])
}

const isWithin = (month: string, days: LoadRequest['days']): boolean =>
  days === null || month === 'none' || (month >= days.from.slice(0, 7) && month <= days.to.slice(0, 7))

/** What names the partition of a row, when the row has these columns. */
function partitionOf({ advertiserColumn, monthColumn, columns }: PartedTable, has: ReadonlySet<string>): string {
  const nameOf = (column: string, expression: string) =>
    has.has(column) ? `coalesce(${expression}, 'none')` : `'none'`
  const advertiser = nameOf(advertiserColumn, `cast(${quote(advertiserColumn)} as varchar)`)
  if (monthColumn === null) return advertiser
  const isInstant = columns.some(({ name, type }) => name === monthColumn && type === 'instant')
  const time = isInstant ? `make_timestamp(epoch_us(${quote(monthColumn)}))` : quote(monthColumn)
  return `${advertiser} || '_' || ${nameOf(monthColumn, `strftime(${time}, '%Y-%m')`)}`
}

const partitionIn = (table: PartedTable): string => partitionOf(table, new Set(table.columns.map(({ name }) => name)))

/** For each partition how many rows it has, and a sum over all that is in them. */
type Digests = ReadonlyMap<string, { readonly rows: number; readonly sum: string }>

async function digestsOf(session: Session, name: string, table: PartedTable): Promise<Digests> {
  const columns = table.columns.map((column) => quote(column.name)).join(', ')
  const lines = await session.rows(
    `select ${partitionIn(table)}, count(*), cast(sum(hash(${columns})) as varchar) from ${name} group by 1`,
  )
  return new Map(lines.map(([partition, rows, sum]) => [partition!, { rows: Number(rows), sum: sum! }]))
}

async function changedPartitions(
  session: Session,
  name: string,
  table: PartedTable,
  before: Digests,
): Promise<readonly Omit<ChangedPartition, 'table'>[]> {
  const after = await digestsOf(session, name, table)
  const order = table.key.length > 0 ? ` order by ${table.key.map(quote).join(', ')}` : ''
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((partition) => before.get(partition)?.sum !== after.get(partition)?.sum)
    .map((partition) => ({
      partition,
      rows: after.get(partition)?.rows ?? 0,
      question: `select * from ${name} where ${partitionIn(table)} = ${text(partition)}${order}`,
    }))
}
