import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import { SqliteDialect } from 'kysely'

const STATEMENTS_MAX = 200

/**
 * Kysely on Node's own SQLite. Transactions begin as writers: two connections that both read first and write later
 * would otherwise fail each other at once, however long either is willing to wait.
 */
export function nodeSqliteDialect(db: DatabaseSync): SqliteDialect {
  const statements = new Map<string, StatementSync>()

  function prepare(text: string): StatementSync {
    const known = statements.get(text)
    if (known) return known
    if (statements.size >= STATEMENTS_MAX) statements.clear()
    const statement = db.prepare(text)
    statements.set(text, statement)
    return statement
  }

  return new SqliteDialect({
    database: {
      close: () => db.close(),
      prepare(text) {
        const statement = prepare(text === 'begin' ? 'begin immediate' : text)
        const values = (parameters: readonly unknown[]) => parameters as SQLInputValue[]
        return {
          reader: statement.columns().length > 0,
          all: (parameters) => statement.all(...values(parameters)),
          run: (parameters) => statement.run(...values(parameters)),
          iterate: (parameters) => statement.iterate(...values(parameters)),
        }
      },
    },
  })
}
