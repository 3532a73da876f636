import type { PoolClient } from 'pg'
import { postgresTrouble } from './postgres_errors.ts'
import type { Cell, Session } from './sql_dialect.ts'
import { toCallError } from './sql_errors.ts'

/** Takes a connection from the pool; `doing` stands in errors. */
export type Connect = (doing: string) => Promise<PoolClient>

/** Statements on one connection. */
export function sessionOn(client: PoolClient, doing: string): Session {
  const ask = async (sql: string) => {
    try {
      return await client.query<Cell[]>({ text: sql, rowMode: 'array' })
    } catch (error) {
      throw toCallError(doing, error, postgresTrouble)
    }
  }
  return {
    run: async (sql) => {
      await ask(sql)
    },
    rows: async (sql) => (await ask(sql)).rows,
  }
}
