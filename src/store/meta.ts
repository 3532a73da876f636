import type { Kysely } from 'kysely'
import type { Schema } from './schema.ts'

/**
 * Reads a value of ours, `initial` when there is none yet, and holds it until the transaction ends: whoever else wants to
 * change it waits.
 */
export async function holdMeta(db: Kysely<Schema>, key: string, initial: string): Promise<string> {
  const { value } = await db
    .insertInto('meta')
    .values({ key, value: initial })
    .onConflict((on) => on.column('key').doUpdateSet((of) => ({ value: of.ref('meta.value') })))
    .returning('meta.value')
    .executeTakeFirstOrThrow()
  return value
}

/** Changes a value that is held. */
export async function setMeta(db: Kysely<Schema>, key: string, value: string): Promise<void> {
  await db.updateTable('meta').set({ value }).where('key', '=', key).execute()
}
