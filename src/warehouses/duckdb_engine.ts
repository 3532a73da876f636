import { duckdbDialect } from './duckdb_dialect.ts'
import type { DuckDbFile } from './duckdb_file.ts'
import { query } from './duckdb_query.ts'
import { sessionOn } from './duckdb_session.ts'
import { openStage } from './duckdb_stage.ts'
import type { Engine } from './sql_warehouse.ts'

/** The engine over one DuckDB, on disk or in memory. `file` gives the same one at every call. */
export function duckdbEngine(file: () => Promise<DuckDbFile>): Engine {
  return {
    type: 'duckdb',
    dialect: duckdbDialect,
    use: async (doing, work) => {
      const { api, write } = await file()
      return write((connection) => work(sessionOn(api, connection, doing)))
    },
    openStage: async (schema, table, columns) => openStage(await file(), `${schema}.${table}`, columns),
    query: async (sql, params) => query(await file(), sql, params),
    close: async () => (await file()).close(),
  }
}
