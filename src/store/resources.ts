import type { Kysely } from 'kysely'
import { isObject, type JsonObject } from '../core/json.ts'
import { holdMeta, setMeta } from './meta.ts'
import type { ResourceRow, Schema } from './schema.ts'
import type { Secrets } from './secrets.ts'
import type { State } from './state.ts'

export type ManagedBy = 'console' | 'files'

/** Something a person configured. Identity is `kind/name`. */
export interface StoredResource {
  readonly kind: string
  readonly name: string
  /** Secrets stand as `{ secret: true, hint, ref }`; see `SecretMark`. */
  readonly spec: JsonObject
  readonly revision: number
  readonly updatedAt: number
  readonly managedBy: ManagedBy
}

export interface ResourceChange {
  readonly kind: string
  readonly name: string
  /** As its schema gives it; secrets as text when they are new, as a mark when they stay. */
  readonly spec: JsonObject
  readonly managedBy: ManagedBy
  readonly who: string
  readonly now: number
}

/** What stands in a spec in place of a secret. `ref` is the reference it came from, such as `${env:TIKTOK_TOKEN}`. */
export interface SecretMark extends JsonObject {
  secret: true
  hint: string
  ref: string | null
}

/** All configuration, with every revision it ever had. */
export interface Resources {
  list(kind?: string): Promise<readonly StoredResource[]>
  get(kind: string, name: string): Promise<StoredResource | null>
  /** The spec as it was at a revision; null when that is not known. */
  revision(kind: string, name: string, revision: number): Promise<JsonObject | null>
  /** Writes a new revision when the spec differs; keeps the old one. Secret fields are taken out and encrypted. */
  put(change: ResourceChange, secretFields: readonly string[]): Promise<StoredResource>
  remove(kind: string, name: string): Promise<boolean>
  /** Grows with every change of any resource; readers reload when it does. */
  version(): Promise<number>
}

const VERSION = 'resources_version'

export function openResources({ db }: State, secrets: Secrets): Resources {
  return {
    async list(kind) {
      const all = db.selectFrom('resources').selectAll().orderBy('kind').orderBy('name')
      return (await (kind === undefined ? all : all.where('kind', '=', kind)).execute()).map(toResource)
    },
    async get(kind, name) {
      const row = await find(db, kind, name)
      return row ? toResource(row) : null
    },
    async revision(kind, name, revision) {
      const row = await db
        .selectFrom('resource_revisions')
        .select('spec')
        .where('kind', '=', kind)
        .where('name', '=', name)
        .where('revision', '=', revision)
        .executeTakeFirst()
      return row ? (JSON.parse(row.spec) as JsonObject) : null
    },
    put: (change, secretFields) => db.transaction().execute((step) => put(step, secrets, change, secretFields)),
    remove: (kind, name) =>
      db.transaction().execute(async (step) => {
        const version = Number(await holdMeta(step, VERSION, '0'))
        const rows = step.deleteFrom('resources').where('kind', '=', kind).where('name', '=', name)
        const isGone = (await rows.executeTakeFirst()).numDeletedRows > 0n
        if (isGone) await setMeta(step, VERSION, String(version + 1))
        return isGone
      }),
    async version() {
      const row = await db.selectFrom('meta').select('value').where('key', '=', VERSION).executeTakeFirst()
      return Number(row?.value ?? 0)
    },
  }
}

function find(db: Kysely<Schema>, kind: string, name: string): Promise<ResourceRow | undefined> {
  return db.selectFrom('resources').selectAll().where('kind', '=', kind).where('name', '=', name).executeTakeFirst()
}

async function put(
  db: Kysely<Schema>,
  secrets: Secrets,
  { kind, name, spec, managedBy, who, now }: ResourceChange,
  secretFields: readonly string[],
): Promise<StoredResource> {
  const version = Number(await holdMeta(db, VERSION, '0'))
  const sealed = await sealSecrets(db, secrets, `${kind}/${name}`, spec, secretFields)
  const text = JSON.stringify(sealed.spec)
  const before = await find(db, kind, name)
  if (before?.spec === text && !sealed.changed && before.managed_by === managedBy) return toResource(before)
  const revision = (await lastRevision(db, kind, name)) + 1
  const row = { kind, name, spec: text, revision, updated_at: now, managed_by: managedBy }
  await db
    .insertInto('resources')
    .values(row)
    .onConflict((on) => on.columns(['kind', 'name']).doUpdateSet(row))
    .execute()
  await db.insertInto('resource_revisions').values({ kind, name, revision, spec: text, at: now, who }).execute()
  await setMeta(db, VERSION, String(version + 1))
  return toResource(row)
}

// Also of one that was removed: its deliveries still name its revisions.
async function lastRevision(db: Kysely<Schema>, kind: string, name: string): Promise<number> {
  const { last } = await db
    .selectFrom('resource_revisions')
    .select((of) => of.fn.max('revision').as('last'))
    .where('kind', '=', kind)
    .where('name', '=', name)
    .executeTakeFirstOrThrow()
  return last ?? 0
}

/** Takes new secrets out of a spec and puts a mark in their place; a mark that is there already stays. */
async function sealSecrets(
  db: Kysely<Schema>,
  secrets: Secrets,
  subject: string,
  spec: JsonObject,
  fields: readonly string[],
): Promise<{ spec: JsonObject; changed: boolean }> {
  const sealed: JsonObject = { ...spec }
  let changed = false
  for (const field of fields) {
    const value = spec[field]
    const text =
      typeof value === 'string' ? value : isObject(value) && typeof value['value'] === 'string' ? value['value'] : null
    if (text === null) continue
    const ref = isObject(value) && typeof value['ref'] === 'string' ? value['ref'] : null
    await secrets.put(`${subject}/${field}`, text, db)
    sealed[field] = { secret: true, hint: hintOf(text), ref } satisfies SecretMark
    changed = true
  }
  return { spec: sealed, changed }
}

/** The end of a secret, to tell it from others; of a short one nothing. */
function hintOf(secret: string): string {
  return secret.length < 12 ? '…' : `…${secret.slice(-4)}`
}

function toResource(row: ResourceRow): StoredResource {
  return {
    kind: row.kind,
    name: row.name,
    spec: JSON.parse(row.spec) as JsonObject,
    revision: row.revision,
    updatedAt: row.updated_at,
    managedBy: row.managed_by,
  }
}
