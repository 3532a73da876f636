import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { Kysely } from 'kysely'
import { findPostgres, makeSchema } from '../../test/postgres.ts'
import { tempFolder } from '../../test/temp_folder.ts'
import { migrate } from './migrate.ts'
import type { Schema } from './schema.ts'
import { openSqlite } from './sqlite.ts'
import { nodeSqliteDialect } from './sqlite_dialect.ts'
import { openPostgresState, openSqliteState } from './state.ts'

const { url, skip } = await findPostgres()

test('a start that is cut short at any statement is completed by the next one', async (t) => {
  const folder = tempFolder(t)
  const whole = join(folder, 'whole.db')
  await (await openSqliteState(whole)).close()
  const expected = tablesOf(whole)

  let cuts = 0
  const seen = new Set<number>()
  while (await migrateUntil(join(folder, `cut${cuts}.db`), cuts)) {
    const file = join(folder, `cut${cuts}.db`)
    seen.add(tablesOf(file).length)
    await (await openSqliteState(file)).close()
    assert.deepEqual(tablesOf(file), expected, `after ${cuts} statements`)
    cuts++
  }

  assert.ok(cuts > 15, `${cuts} statements`)
  const steps = [0, 1, STEP_1, expected.length]
  assert.ok(
    [...seen].every((tables) => steps.includes(tables)),
    'a step is taken whole or not at all',
  )
})

// Tables and indexes after the first migration.
const STEP_1 = 14

/** Migrates a new file until so many statements were begun; false when that was enough. */
async function migrateUntil(file: string, statements: number): Promise<boolean> {
  const real = openSqlite(file)
  let left = statements
  const dying = {
    prepare(text: string) {
      if (left-- <= 0) throw new Error('cut short')
      return real.prepare(text)
    },
    close: () => real.close(),
  }
  const db = new Kysely<Schema>({ dialect: nodeSqliteDialect(dying as unknown as DatabaseSync) })
  try {
    await migrate(db)
    return false
  } catch (error) {
    assert.match((error as Error).message, /cut short/)
    return true
  } finally {
    real.close()
  }
}

function tablesOf(file: string): unknown[] {
  const db = new DatabaseSync(file)
  const tables = db.prepare("select name, sql from sqlite_master where name not like 'sqlite_%' order by name").all()
  db.close()
  return tables
}

test('data of a newer version is refused and left alone', async (t) => {
  const file = join(tempFolder(t), 'state.db')
  const state = await openSqliteState(file)
  await state.db.updateTable('meta').set({ value: '99' }).where('key', '=', 'version').execute()
  await state.close()

  const newer = /^Error: Cannot start: the data was written by a newer Backbeat \(data version 99, this one knows \d+\)/
  await assert.rejects(openSqliteState(file), newer)
  await assert.rejects(openSqliteState(file), newer)
})

test('processes that start together make the tables once', { skip }, async () => {
  const { schema, drop } = await makeSchema(url!)

  const states = await Promise.all([1, 2, 3, 4].map(() => openPostgresState(url!, { schema })))

  const versions = await Promise.all(
    states.map(({ db }) => db.selectFrom('meta').selectAll().where('key', '=', 'version').execute()),
  )
  assert.deepEqual(new Set(versions.map((rows) => JSON.stringify(rows))).size, 1)
  await Promise.all(states.map((state) => state.close()))
  await drop()
})
