import type { TypeCastField } from 'mysql2'
import type { PoolConnection, RowDataPacket } from 'mysql2/promise'
import { mysqlTrouble } from './mysql_errors.ts'
import type { Cell, Session } from './sql_dialect.ts'
import { toCallError } from './sql_errors.ts'

/** Takes a connection from the pool; `doing` stands in errors. */
export type Connect = (doing: string) => Promise<PoolConnection>

const asText = (field: TypeCastField): Cell => field.string('utf8')

/** Statements on one connection. */
export function sessionOn(connection: PoolConnection, doing: string): Session {
  const ask = async (sql: string) => {
    try {
      return await connection.query<RowDataPacket[]>({ sql, typeCast: asText })
    } catch (error) {
      throw toCallError(doing, error, mysqlTrouble)
    }
  }
  return {
    run: async (sql) => {
      await ask(sql)
    },
    rows: async (sql) => (await ask(sql))[0] as unknown as readonly (readonly Cell[])[],
  }
}
