import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Kysely } from 'kysely'
import type { Schema } from './schema.ts'
import type { State } from './state.ts'

/** Where secrets are kept: written and used, never shown. */
export interface Secrets {
  /** `subject` names the place, such as `account/main/access_token`; a secret moved to another place cannot be read. */
  /** `step`: the transaction it belongs to, if any. */
  put(subject: string, secret: string, step?: Kysely<Schema>): Promise<void>
  /** @throws Error when there is none, or when it was written with another key. */
  reveal(subject: string): Promise<string>
  remove(subject: string): Promise<void>
}

const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16
const CHECK_SUBJECT = 'check'

/**
 * The key of a data directory: from `BACKBEAT_KEY` (32 bytes as base64), or from a key file that is made at the first
 * start, readable by its owner only.
 */
export function loadKey(fromEnvironment: string | null, keyFile: string): KeyObject {
  if (fromEnvironment !== null) return toKey(fromEnvironment, 'BACKBEAT_KEY')
  if (!existsSync(keyFile)) makeKeyFile(keyFile)
  return toKey(readFileSync(keyFile, 'utf8').trim(), keyFile)
}

/** The key is on stable storage before anything is encrypted with it, and is there whole or not at all. */
function makeKeyFile(keyFile: string): void {
  const draft = `${keyFile}.${process.pid}`
  writeFileSync(draft, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600, flush: true })
  try {
    linkSync(draft, keyFile)
  } catch (error) {
    // Another process that starts at the same time was first: its key counts.
    if (!existsSync(keyFile)) throw error
  }
  rmSync(draft)
  const folder = openSync(dirname(keyFile), 'r')
  fsyncSync(folder)
  closeSync(folder)
}

function toKey(text: string, where: string): KeyObject {
  const bytes = Buffer.from(text, 'base64')
  if (bytes.length === KEY_BYTES && new Set(bytes).size > 8) return createSecretKey(bytes)
  throw new Error(
    `Cannot start: ${where} must be ${KEY_BYTES} random bytes as base64, such as from "openssl rand -base64 32"`,
  )
}

/** Opens the secrets of a state. @throws Error when the state was written with another key; nothing is overwritten. */
export async function openSecrets({ db }: State, key: KeyObject): Promise<Secrets> {
  const find = (subject: string) =>
    db.selectFrom('secrets').select('ciphertext').where('subject', '=', subject).executeTakeFirst()

  const secrets: Secrets = {
    async put(subject, secret, step = db) {
      const ciphertext = encrypt(key, subject, secret)
      await step
        .insertInto('secrets')
        .values({ subject, ciphertext })
        .onConflict((on) => on.column('subject').doUpdateSet({ ciphertext }))
        .execute()
    },
    async reveal(subject) {
      const row = await find(subject)
      if (!row) throw new Error(`Cannot read the secret "${subject}": there is none; set it again`)
      return decrypt(key, subject, row.ciphertext)
    },
    async remove(subject) {
      await db.deleteFrom('secrets').where('subject', '=', subject).execute()
    },
  }

  if (await find(CHECK_SUBJECT)) await secrets.reveal(CHECK_SUBJECT)
  else await secrets.put(CHECK_SUBJECT, 'ok')
  return secrets
}

// AES-256-GCM with a fresh nonce; the place is authenticated with the text, so that a row cannot be moved elsewhere.
function encrypt(key: KeyObject, subject: string, secret: string): string {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(subject))
  const body = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
  return `v1:${Buffer.concat([nonce, body, cipher.getAuthTag()]).toString('base64')}`
}

function decrypt(key: KeyObject, subject: string, ciphertext: string): string {
  const bytes = Buffer.from(ciphertext.replace(/^v1:/, ''), 'base64')
  const body = bytes.subarray(NONCE_BYTES, -TAG_BYTES)
  try {
    // The length is said because Node takes shorter tags, which are easier to guess.
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(subject))
      .setAuthTag(bytes.subarray(-TAG_BYTES))
    return decipher.update(body, undefined, 'utf8') + decipher.final('utf8')
  } catch (cause) {
    throw new Error(
      `Cannot read the secret "${subject}": it was written with another key, or damaged; start with the key it was written with, or set it again`,
      {
        cause,
      },
    )
  }
}
