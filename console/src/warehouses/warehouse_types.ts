import type { WarehouseSpec } from '../api/specs.ts'

const TITLE: Readonly<Record<string, string>> = {
  duckdb: 'DuckDB',
  postgres: 'PostgreSQL',
  mysql: 'MySQL or MariaDB',
  files: 'Files',
  parquet: 'Parquet files',
  csv: 'CSV files',
  jsonl: 'JSONL files',
  bigquery: 'BigQuery',
  snowflake: 'Snowflake',
  clickhouse: 'ClickHouse',
}

/** A type of warehouse as its makers write it. */
export const warehouseTitle = (type: string): string => TITLE[type] ?? type

// Fields that say where a warehouse is, in the order in which they are read.
const PLACE = ['path', 'folder', 'host', 'socket', 'url', 'account', 'project', 'database', 'dataset']

/** Where a warehouse is, from the fields of its spec: `db.internal, analytics`. */
export function placeText(spec: WarehouseSpec): string {
  const parts = PLACE.flatMap((field) => (typeof spec[field] === 'string' ? [spec[field]] : []))
  return parts.length === 0 ? 'at its usual place' : parts.join(', ')
}
