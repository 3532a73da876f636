import type { PoolConnection } from 'mysql2/promise'
import { mysqlDialect } from './mysql_dialect.ts'
import { type Connect, sessionOn } from './mysql_session.ts'
import { oneAhead } from './one_ahead.ts'
import { type Cell, inTurn, qualified, type Session, type Stage, type StageColumn } from './sql_dialect.ts'

const STATEMENT_BYTES = 1 << 20 // 16 MB is the least that servers take by default
let stages = 0

/**
 * Rows wait in a temporary table of one connection, whose key keeps the last of equal ones. They come in long statements:
 * LOAD DATA is faster, but most servers refuse it from a client, and it bends values that do not fit.
 */
export async function openStage(
  connect: Connect,
  schema: string,
  name: string,
  columns: readonly StageColumn[],
): Promise<Stage> {
  const { quote, typeName, keyTextName, tableEnd } = mysqlDialect
  const doing = `load ${schema}.${name}`
  const table = qualified(mysqlDialect, schema, `backbeat_stage_${++stages}`)
  const key = columns.filter(({ isKey }) => isKey)
  const texts = key.filter(({ type }) => type === 'text').length
  const types = columns.map(
    ({ name: column, type, isKey }) =>
      `${quote(column)} ${isKey && type === 'text' ? keyTextName(texts) : typeName(type)}`,
  )
  let connection: PoolConnection | null = null
  const road = oneAhead()
  let waiting: string[] = []
  let bytes = 0

  async function staged(): Promise<Session> {
    if (connection) return sessionOn(connection, doing)
    connection = await connect(doing)
    const session = sessionOn(connection, doing)
    await session.run(
      `create temporary table ${table} (${types.join(', ')}${tableEnd(
        key.map((one) => one.name),
        [],
      )}`,
    )
    return session
  }

  async function flush(): Promise<void> {
    if (waiting.length === 0) return
    const sql = `replace into ${table} values ${waiting.join(',')}`
    waiting = []
    bytes = 0
    await road.send(async () => (await staged()).run(sql))
  }

  return {
    table,
    async append(rows) {
      for (const row of rows) {
        const line = valuesOf(columns, row)
        waiting.push(line)
        bytes += line.length
        if (bytes > STATEMENT_BYTES) await flush()
      }
    },
    async apply(work) {
      await flush()
      await road.arrived()
      const session = await staged()
      for (const statement of mysqlDialect.enter(schema)) await session.run(statement)
      return inTurn(mysqlDialect, session, `${schema}.${name}`, () => work(session))
    },
    async close() {
      await road.arrived().catch(() => {})
      if (!connection) return
      const mine = connection
      connection = null
      // The table goes with the connection, or at once where the connection lives on.
      await mine.query(`drop temporary table if exists ${table}`).then(
        () => mine.release(),
        () => mine.destroy(),
      )
    },
  }
}

const PLAIN: ReadonlySet<string> = new Set(['id', 'integer', 'money', 'ratio', 'boolean'])

function valuesOf(columns: readonly StageColumn[], row: readonly Cell[]): string {
  let line = '('
  for (let i = 0; i < row.length; i++) {
    const cell = row[i]!
    if (i > 0) line += ','
    if (cell === null) line += 'null'
    else if (PLAIN.has(columns[i]!.type)) line += cell
    else line += mysqlDialect.text(columns[i]!.type === 'instant' ? cell.slice(0, 23).replace('T', ' ') : cell)
  }
  return `${line})`
}
