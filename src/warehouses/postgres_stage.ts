import { pipeline } from 'node:stream/promises'
import type { PoolClient } from 'pg'
import { copyLine } from './copy_text.ts'
import { oneAhead } from './one_ahead.ts'
import { postgresDialect } from './postgres_dialect.ts'
import { postgresTrouble } from './postgres_errors.ts'
import { type Connect, sessionOn } from './postgres_session.ts'
import { inTurn, keepLastOfEachKey, qualified, type Stage, type StageColumn } from './sql_dialect.ts'
import { toCallError } from './sql_errors.ts'

const COPY_BYTES = 1 << 20
let stages = 0

/** Rows wait in a temporary table of one connection, which is taken when the first megabyte has come. */
export async function openStage(connect: Connect, name: string, columns: readonly StageColumn[]): Promise<Stage> {
  const { quote, typeName } = postgresDialect
  const { from: copyFrom } = await import('pg-copy-streams')
  const doing = `load ${name}`
  const bare = `backbeat_stage_${++stages}`
  const table = qualified(postgresDialect, 'pg_temp', bare)
  const types = columns.map((column) => `${quote(column.name)} ${typeName(column.type)}`)
  let client: PoolClient | null = null
  let broken: Error | null = null
  const onError = (error: Error) => {
    broken = error
  }
  const road = oneAhead()
  let waiting = ''
  let count = 0

  async function staged(): Promise<PoolClient> {
    if (client) return client
    client = await connect(doing)
    client.on('error', onError)
    await sessionOn(client, doing).run(`create temporary table ${table} (${[...types, '_n bigint'].join(', ')})`)
    return client
  }

  async function copy(text: string): Promise<void> {
    try {
      await pipeline([text], (await staged()).query(copyFrom(`copy ${table} from stdin`)))
    } catch (error) {
      throw toCallError(doing, broken ?? error, postgresTrouble)
    }
  }

  async function flush(): Promise<void> {
    const text = waiting
    waiting = ''
    if (text !== '') await road.send(() => copy(text))
  }

  return {
    table,
    async append(rows) {
      for (const row of rows) {
        waiting += copyLine(row, count++)
      }
      if (waiting.length > COPY_BYTES) await flush()
    },
    async apply(work) {
      await flush()
      await road.arrived()
      const session = sessionOn(await staged(), doing)
      return inTurn(postgresDialect, session, name, async () => {
        await session.run(`analyze ${table}`)
        await keepLastOfEachKey(postgresDialect, session, table, columns)
        return work(session)
      })
    },
    async close() {
      await road.arrived().catch(() => {})
      if (!client) return
      // The table goes with the connection, or at once where the connection lives on.
      const dropped = await client.query(`drop table if exists ${table}`).then(
        () => true,
        () => false,
      )
      client.off('error', onError)
      client.release(!dropped)
      client = null
    },
  }
}
