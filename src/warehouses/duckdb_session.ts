import type { DuckDBConnection, DuckDBType, DuckDBValue } from '@duckdb/node-api'
import type { Value } from '../core/table.ts'
import { duckdbTrouble } from './duckdb_errors.ts'
import type { DuckDbApi } from './duckdb_file.ts'
import { toValue } from './duckdb_values.ts'
import type { Cell, Session } from './sql_dialect.ts'
import { toCallError } from './sql_errors.ts'

/** Statements on one connection. */
export function sessionOn(api: DuckDbApi, connection: DuckDBConnection, doing: string): Session {
  const tell = (error: unknown) => {
    throw toCallError(doing, error, duckdbTrouble)
  }
  return {
    run: (sql) => connection.run(sql).then(() => {}, tell),
    rows: (sql) =>
      connection.runAndReadAll(sql).then((reader) => reader.convertRows<Value>(converter(api)).map(toCells), tell),
  }
}

const toCells = (row: readonly (Value | null)[]): readonly Cell[] =>
  row.map((value) => (value === null ? null : typeof value === 'boolean' ? String(Number(value)) : String(value)))

/** Turns what DuckDB gives into what rows and answers hold. */
export const converter =
  (api: DuckDbApi) =>
  (value: DuckDBValue, type: DuckDBType): Value =>
    toValue(api, value, type)
