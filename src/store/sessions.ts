import { hash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import type { State } from './state.ts'

/** Who is logged in to the console. A session id is only known to its browser; we keep its hash. */
export interface Sessions {
  hasPassword(): Promise<boolean>
  /** @throws Error when it is shorter than 12 characters. */
  setPassword(password: string): Promise<void>
  /** A new session's id and token against forged requests; null when the password is wrong. */
  open(password: string, now: number): Promise<{ readonly id: string; readonly csrf: string } | null>
  /** The token of a living session; keeps it alive. */
  touch(id: string, now: number): Promise<{ readonly csrf: string } | null>
  close(id: string): Promise<void>
}

const IDLE_MS = 30 * 60_000
const LONGEST_MS = 12 * 3_600_000
const PASSWORD_MIN = 12
const PASSWORD = 'password'
const derive = promisify(scrypt) as (password: string, salt: string, length: number) => Promise<Buffer>

export function openSessions({ db }: State): Sessions {
  async function storedPassword(): Promise<string | null> {
    const row = await db.selectFrom('meta').select('value').where('key', '=', PASSWORD).executeTakeFirst()
    return row?.value ?? null
  }

  return {
    hasPassword: async () => (await storedPassword()) !== null,

    async setPassword(password) {
      if (password.length < PASSWORD_MIN) {
        throw new Error(`Cannot set the password: it has fewer than ${PASSWORD_MIN} characters`)
      }
      const salt = randomBytes(16).toString('hex')
      const value = `${salt}:${(await derive(password, salt, 32)).toString('hex')}`
      await db
        .insertInto('meta')
        .values({ key: PASSWORD, value })
        .onConflict((on) => on.column('key').doUpdateSet({ value }))
        .execute()
      await db.deleteFrom('sessions').execute()
    },

    async open(password, now) {
      const [salt, expected] = ((await storedPassword()) ?? ':').split(':') as [string, string]
      const derived = await derive(password, salt, 32)
      if (expected.length !== 64 || !timingSafeEqual(derived, Buffer.from(expected, 'hex'))) return null
      const id = randomBytes(32).toString('base64url')
      const csrf = randomBytes(32).toString('base64url')
      await db
        .insertInto('sessions')
        .values({ id_hash: hash('sha256', id), csrf, created_at: now, seen_at: now })
        .execute()
      return { id, csrf }
    },

    async touch(id, now) {
      const row = await db
        .updateTable('sessions')
        .set({ seen_at: now })
        .where('id_hash', '=', hash('sha256', id))
        .where('seen_at', '>', now - IDLE_MS)
        .where('created_at', '>', now - LONGEST_MS)
        .returning('csrf')
        .executeTakeFirst()
      return row ?? null
    },

    async close(id) {
      await db.deleteFrom('sessions').where('id_hash', '=', hash('sha256', id)).execute()
    },
  }
}
