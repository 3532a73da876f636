import type { State } from './state.ts'

/** Something that waits for a person: `account/main` (token trouble) or `sync/shop-to-pixel` (no permission, broken mapping). */
export interface Pause {
  readonly subject: string
  readonly since: number
  readonly code: string
  readonly message: string
}

/** What is paused, and why. What is paused sends nothing; its events wait in the queue and lose no attempt. */
export interface Pauses {
  /** Keeps the first reason when the subject is paused already. */
  pause(pause: Pause): Promise<void>
  resume(subject: string): Promise<boolean>
  list(): Promise<readonly Pause[]>
}

export function openPauses({ db }: State): Pauses {
  return {
    async pause(pause) {
      await db
        .insertInto('pauses')
        .values(pause)
        .onConflict((on) => on.column('subject').doNothing())
        .execute()
    },
    async resume(subject) {
      const gone = await db.deleteFrom('pauses').where('subject', '=', subject).executeTakeFirst()
      return gone.numDeletedRows > 0n
    },
    list: () => db.selectFrom('pauses').selectAll().orderBy('subject').execute(),
  }
}
