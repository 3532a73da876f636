import type { State } from './state.ts'

export interface Pause {
  readonly account: string
  readonly since: number
  readonly code: string
  readonly message: string
}

/** Which accounts wait for a person, and why. A paused account sends nothing; its events wait in the queue. */
export interface AccountStatus {
  /** Keeps the first reason when the account is paused already. */
  pause(pause: Pause): Promise<void>
  resume(account: string): Promise<boolean>
  paused(): Promise<readonly Pause[]>
}

export function openAccountStatus({ db }: State): AccountStatus {
  return {
    async pause({ account, since, code, message }) {
      await db
        .insertInto('account_status')
        .values({ account, paused_at: since, code, message })
        .onConflict((on) => on.column('account').doNothing())
        .execute()
    },
    async resume(account) {
      const gone = await db.deleteFrom('account_status').where('account', '=', account).executeTakeFirst()
      return gone.numDeletedRows > 0n
    },
    async paused() {
      const rows = await db.selectFrom('account_status').selectAll().orderBy('account').execute()
      return rows.map(({ account, paused_at, code, message }) => ({ account, since: paused_at, code, message }))
    },
  }
}
