import { join } from 'node:path'
import type { ClickHouse } from './clickhouse_client.ts'
import { qualified, quote } from './clickhouse_ddl.ts'
import { duckdbDialect } from './duckdb_dialect.ts'
import { copyStatement, type FileColumn, readExpression } from './files_format.ts'
import { columnsFrom } from './files_partitions.ts'
import type { PartedTable, PartitionStore } from './rebuild.ts'
import type { Session } from './sql_dialect.ts'

export interface Surroundings {
  readonly server: ClickHouse
  readonly session: Session
  readonly schema: string
  /** A folder that nobody else uses. */
  readonly folder: string
  readonly unique: () => string
  readonly tables: Readonly<Record<string, PartedTable>>
  readonly growing: ReadonlySet<string>
}

/** The partitions of tables in ClickHouse: read and written as lines of JSON, put in their places one by one. */
export function clickhousePartitions(around: Surroundings): PartitionStore {
  const { server, session, schema, folder, unique, tables, growing } = around
  const coming = join(folder, 'coming.jsonl')
  const going = join(folder, 'going.jsonl')

  /** Fills a table beside it with the partition, and lets that take the place of the one that stands there. */
  async function replace(doing: string, name: string, partition: string): Promise<void> {
    const beside = qualified(schema, unique())
    await server.run(doing, `create table ${beside} as ${qualified(schema, name)}`)
    try {
      await server.upload(doing, into(beside, tables[name]!), going)
      await server.run(
        doing,
        `alter table ${qualified(schema, name)} replace partition ${literalOf(partition)} from ${beside}`,
      )
    } finally {
      // One that cannot be dropped now is dropped by a later change of the schema.
      await server.run(doing, `drop table ${beside}`).catch(() => {})
    }
  }

  return {
    async rowsOf({ table: name, partitions }) {
      const table = tables[name]!
      if (partitions?.size === 0) return `select ${columnsFrom(table, [])} where false`
      const where =
        partitions === null ? 'true' : [...partitions].map((one) => `(${conditionOf(table, one)})`).join(' or ')
      const question = `select ${table.columns.map(spell).join(', ')} from (select * from ${qualified(schema, name)} where ${where}) q`
      await server.download(`load ${name}`, question, coming)
      return `select ${columnsFrom(table, asStored(table))} from ${readExpression('jsonl', asStored(table), [coming])}`
    },
    async keep({ table: name, partition, rows, question }) {
      const table = tables[name]!
      const doing = `load ${name}`
      if (rows === 0)
        return server.run(doing, `alter table ${qualified(schema, name)} drop partition ${literalOf(partition)}`)
      const json = table.columns.filter(({ type }) => type === 'json').map((column) => duckdbDialect.quote(column.name))
      const texts = json.map((column) => `cast(${column} as varchar) as ${column}`)
      const asTexts = texts.length > 0 ? `select * replace (${texts.join(', ')}) from (${question}) r` : question
      await session.run(copyStatement('jsonl', asStored(table), asTexts, going))
      return growing.has(name)
        ? server.upload(doing, into(qualified(schema, name), table), going)
        : replace(doing, name, partition)
    },
  }
}

const into = (table: string, { columns }: PartedTable): string =>
  `${table} (${columns.map(({ name }) => quote(name)).join(', ')})`

/** JSON travels as the text that it is. */
const asStored = ({ columns }: PartedTable): readonly FileColumn[] =>
  columns.map(({ name, type }) => ({ name, type: type === 'json' ? 'text' : type }))

/** A column as it is read: decimals would become doubles on the way, and a moment must say that it is in UTC. */
function spell({ name, type }: FileColumn): string {
  if (type === 'money') return `toString(${quote(name)}) as ${quote(name)}`
  return type === 'instant' ? `concat(toString(${quote(name)}), 'Z') as ${quote(name)}` : quote(name)
}

/** `7300000000000000001_2026-03` → `(7300000000000000001, 202603)` */
function literalOf(partition: string): string {
  const [advertiser, month] = partition.split('_')
  return month === undefined ? advertiser! : `(${advertiser}, ${month.replace('-', '')})`
}

function conditionOf({ advertiserColumn, monthColumn }: PartedTable, partition: string): string {
  const [advertiser, month] = partition.split('_')
  const isAdvertisers = `${quote(advertiserColumn)} = ${advertiser}`
  if (monthColumn === null || month === undefined) return isAdvertisers
  return `${isAdvertisers} and toYYYYMM(${quote(monthColumn)}) = ${month.replace('-', '')}`
}

/** Statement that gives the partitions of an advertiser in a table, as we name them. */
export function partitionsStatement(
  schema: string,
  name: string,
  { advertiserColumn, monthColumn }: PartedTable,
  advertiserId: string,
): string {
  const month = monthColumn === null ? '' : `, '_', formatDateTime(${quote(monthColumn)}, '%Y-%m')`
  return `select distinct concat(toString(${quote(advertiserColumn)})${month}) from ${qualified(schema, name)} where ${quote(advertiserColumn)} = ${advertiserId}`
}
