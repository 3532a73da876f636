import { type Kysely, sql } from 'kysely'
import * as eventsRoad from './migrations/001_events_road.ts'
import type { Schema } from './schema.ts'

// In order; a migration that has been released is never edited.
const MIGRATIONS: readonly { readonly up: (db: Kysely<unknown>) => Promise<void> }[] = [eventsRoad]

/**
 * Brings the tables to this version's shape, one transaction a step, so that a start that is killed half-way goes on
 * where it stopped.
 * @throws Error when the data was written by a newer version.
 */
export async function migrate(db: Kysely<Schema>): Promise<void> {
  await sql`create table if not exists meta (key text primary key, value text not null)`.execute(db)
  for (let version = await versionOf(db); version < MIGRATIONS.length; version++) {
    await db.transaction().execute(async (step) => {
      await MIGRATIONS[version]!.up(step as unknown as Kysely<unknown>)
      await step
        .insertInto('meta')
        .values({ key: 'version', value: String(version + 1) })
        .onConflict((on) => on.column('key').doUpdateSet({ value: String(version + 1) }))
        .execute()
    })
  }
}

async function versionOf(db: Kysely<Schema>): Promise<number> {
  const row = await db.selectFrom('meta').select('value').where('key', '=', 'version').executeTakeFirst()
  const version = Number(row?.value ?? 0)
  if (version <= MIGRATIONS.length) return version
  throw new Error(
    `Cannot start: the data was written by a newer Backbeat (data version ${version}, this one knows ${MIGRATIONS.length}); start that version, or restore a backup`,
  )
}
