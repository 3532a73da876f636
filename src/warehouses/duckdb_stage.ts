import { duckdbDialect } from './duckdb_dialect.ts'
import type { DuckDbFile } from './duckdb_file.ts'
import { sessionOn } from './duckdb_session.ts'
import { cellWriter } from './duckdb_values.ts'
import { type Cell, inTransaction, keepLastOfEachKey, qualified, type Stage, type StageColumn } from './sql_dialect.ts'

let stages = 0

/** Rows wait in memory, in columns of their own types: DuckDB parses text more slowly than we do. */
export async function openStage(file: DuckDbFile, name: string, columns: readonly StageColumn[]): Promise<Stage> {
  const { api } = file
  const { quote, typeName } = duckdbDialect
  const bare = `stage_${++stages}`
  const table = qualified(duckdbDialect, 'memory', 'main', bare)
  const connection = await file.connectMemory()
  const memory = sessionOn(api, connection, `stage rows of ${name}`)
  const writers = columns.map(({ type }) => cellWriter(api, type))
  const numbered = [...writers.map(({ type }) => type), api.BIGINT]
  const types = columns.map(
    (column) => `${quote(column.name)} ${typeName(column.type === 'json' ? 'text' : column.type)}`,
  )
  await memory.run(`create table ${table} (${[...types, '_n BIGINT'].join(', ')})`)
  const appender = await connection.createAppender(bare, 'main', 'memory')
  // One chunk for all rows: what it holds outside of JavaScript's memory is only freed when that is tidied up.
  const chunk = api.DuckDBDataChunk.create(numbered)
  let count = 0

  function append(rows: readonly (readonly Cell[])[]): void {
    chunk.reset()
    chunk.rowCount = rows.length
    writers.forEach(({ write }, i) => {
      chunk.setColumnValues(
        i,
        rows.map((row) => write(row[i]!)),
      )
    })
    chunk.setColumnValues(
      writers.length,
      rows.map(() => BigInt(count++)),
    )
    appender.appendDataChunk(chunk)
  }

  return {
    table,
    async append(rows) {
      for (let i = 0; i < rows.length; i += ROWS_PER_CHUNK) append(rows.slice(i, i + ROWS_PER_CHUNK))
    },
    async apply(work) {
      appender.flushSync()
      await keepLastOfEachKey(duckdbDialect, memory, table, columns)
      return file.write((inFile) => inTransaction(sessionOn(api, inFile, `load ${name}`), work))
    },
    async close() {
      appender.closeSync()
      await memory.run(`drop table ${table}`)
      connection.closeSync()
    },
  }
}

const ROWS_PER_CHUNK = 2048 // most that a vector of DuckDB holds
