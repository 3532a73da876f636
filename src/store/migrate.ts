import { type Kysely, sql } from 'kysely'
import { holdMeta, setMeta } from './meta.ts'
import * as eventsRoad from './migrations/001_events_road.ts'
import * as runs from './migrations/002_runs.ts'
import type { Schema } from './schema.ts'

// In order; a migration that has been released is never edited.
const MIGRATIONS: readonly { readonly up: (db: Kysely<unknown>) => Promise<void> }[] = [eventsRoad, runs]

const VERSION = 'version'

/**
 * Brings the tables to this version's shape, one transaction a step, so that a start that is killed half-way goes on
 * where it stopped.
 * @throws Error when the data was written by a newer version.
 */
export async function migrate(db: Kysely<Schema>): Promise<void> {
  // Of two processes that start together one may find that the other was just there.
  await createMeta(db).catch(() => createMeta(db))
  while ((await db.transaction().execute(migrateOnce)) < MIGRATIONS.length);
}

async function createMeta(db: Kysely<Schema>): Promise<void> {
  await sql`create table if not exists meta (key text primary key, value text not null)`.execute(db)
}

/** Takes the next step, if there is one; gives the version reached. */
async function migrateOnce(step: Kysely<Schema>): Promise<number> {
  const version = checkVersion(Number(await holdMeta(step, VERSION, '0')))
  const next = MIGRATIONS[version]
  if (!next) return version
  await next.up(step as unknown as Kysely<unknown>)
  await setMeta(step, VERSION, String(version + 1))
  return version + 1
}

function checkVersion(version: number): number {
  if (version <= MIGRATIONS.length) return version
  throw new Error(
    `Cannot start: the data was written by a newer Backbeat (data version ${version}, this one knows ${MIGRATIONS.length}); start that version, or restore a backup`,
  )
}
