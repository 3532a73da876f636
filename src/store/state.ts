import { Kysely, PostgresDialect, type RawBuilder, sql } from 'kysely'
import pg from 'pg'
import { migrate } from './migrate.ts'
import type { Schema } from './schema.ts'
import { openSqlite } from './sqlite.ts'
import { nodeSqliteDialect } from './sqlite_dialect.ts'

export type Database = 'sqlite' | 'postgres'

/** Our own state, in whichever database it lives. The queries are the same for both. */
export interface State {
  readonly db: Kysely<Schema>
  /** JSON text of an array of objects as a table with these columns; many rows in one parameter. */
  rows(json: string, columns: { readonly [column: string]: 'bigint' | 'text' }): RawBuilder<unknown>
  close(): Promise<void>
}

/** The part of the state that a transaction gives. */
export type Step = Pick<State, 'db' | 'rows'>

/** State in one SQLite file; ':memory:' for a throw-away one. */
export async function openSqliteState(path: string): Promise<State> {
  const db = new Kysely<Schema>({ dialect: nodeSqliteDialect(openSqlite(path)) })
  await migrate(db)
  return {
    db,
    rows: (json, columns) => {
      const picked = Object.keys(columns).map((name) => sql`value ->> ${sql.lit(`$.${name}`)} as ${sql.ref(name)}`)
      return sql`(select ${sql.join(picked)} from json_each(${json})) as r`
    },
    close: () => db.destroy(),
  }
}

// Counts and times are far below 2^53; as text they would sort and add wrongly.
const INT8 = 20

/** State in PostgreSQL. `url` as in `postgres://user@host/database`; `schema` must exist already when given. */
export async function openPostgresState(url: string, { schema = 'public' }: { schema?: string } = {}): Promise<State> {
  const pool = new pg.Pool({
    connectionString: url,
    options: `-c search_path=${schema}`,
    types: { getTypeParser: (oid, format) => (oid === INT8 ? Number : pg.types.getTypeParser(oid, format as 'text')) },
  })
  // An idle connection that breaks is replaced by the next query; unheard, its error would end the process.
  pool.on('error', () => {})
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) })
  await migrate(db)
  return {
    db,
    rows: (json, columns) => {
      const typed = Object.entries(columns).map(([name, type]) => sql`${sql.ref(name)} ${sql.raw(type)}`)
      return sql`json_to_recordset(${json}::json) as r(${sql.join(typed)})`
    },
    close: () => db.destroy(),
  }
}
