import { userInfo } from 'node:os'
import pg from 'pg'
import { openPostgresState, type State } from '../src/store/state.ts'

const HOST = '127.0.0.1:5432/test'
const USERS = [...new Set([process.env['PGUSER'] ?? userInfo().username, 'postgres'])]
let schemas = 0

/**
 * Address of the PostgreSQL of this machine, or the reason why it cannot be used; with `CI=true` there must be one.
 * It needs no password and a database "test".
 */
export async function findPostgres(): Promise<{ url: string; skip: false } | { url: null; skip: string }> {
  const failures: string[] = []
  for (const user of USERS) {
    const url = `postgres://${user}@${HOST}`
    const failure = await askPostgres(url, 'select 1').then(
      () => null,
      (error: Error) => error.message,
    )
    if (failure === null) return { url, skip: false }
    failures.push(`${user}: ${failure}`)
  }
  const skip = `PostgreSQL does not answer at ${HOST} (${failures.join('; ')})`
  if (process.env['CI'] === 'true') throw new Error(skip)
  return { url: null, skip }
}

/** A new, empty state in a schema of its own, which closing it drops. */
export async function openThrowAwayState(url: string): Promise<State> {
  const { schema, drop } = await makeSchema(url)
  const state = await openPostgresState(url, { schema })
  return {
    ...state,
    async close() {
      await state.close()
      await drop()
    },
  }
}

/** A new, empty schema. */
export async function makeSchema(url: string): Promise<{ schema: string; drop: () => Promise<void> }> {
  const schema = `backbeat_test_${process.pid}_${++schemas}`
  await askPostgres(url, `create schema ${schema}`)
  return { schema, drop: () => askPostgres(url, `drop schema ${schema} cascade`) }
}

/** Runs a statement on a connection of its own. */
export async function askPostgres(url: string, query: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000 })
  try {
    await client.connect()
    await client.query(query)
  } finally {
    await client.end().catch(() => {})
  }
}
