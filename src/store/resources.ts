import type { JsonObject } from '../core/json.ts'
import { isObject } from '../core/json.ts'
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
  const find = (kind: string, name: string) =>
    db.selectFrom('resources').selectAll().where('kind', '=', kind).where('name', '=', name).executeTakeFirst()

  async function grow(): Promise<void> {
    const version = await read()
    const value = String(version + 1)
    await db
      .insertInto('meta')
      .values({ key: VERSION, value })
      .onConflict((on) => on.column('key').doUpdateSet({ value }))
      .execute()
  }

  async function read(): Promise<number> {
    const row = await db.selectFrom('meta').select('value').where('key', '=', VERSION).executeTakeFirst()
    return Number(row?.value ?? 0)
  }

  return {
    async list(kind) {
      const all = db.selectFrom('resources').selectAll().orderBy('kind').orderBy('name')
      return (await (kind === undefined ? all : all.where('kind', '=', kind)).execute()).map(toResource)
    },
    async get(kind, name) {
      const row = await find(kind, name)
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
    async put({ kind, name, spec, managedBy, who, now }, secretFields) {
      const marked = await sealSecrets(secrets, `${kind}/${name}`, spec, secretFields)
      const text = JSON.stringify(marked.spec)
      const before = await find(kind, name)
      if (before?.spec === text && !marked.changed && before.managed_by === managedBy) return toResource(before)
      const row = {
        kind,
        name,
        spec: text,
        revision: (before?.revision ?? 0) + 1,
        updated_at: now,
        managed_by: managedBy,
      }
      await db
        .insertInto('resources')
        .values(row)
        .onConflict((on) => on.columns(['kind', 'name']).doUpdateSet(row))
        .execute()
      await db
        .insertInto('resource_revisions')
        .values({ kind, name, revision: row.revision, spec: text, at: now, who })
        .onConflict((on) => on.columns(['kind', 'name', 'revision']).doUpdateSet({ spec: text, at: now, who }))
        .execute()
      await grow()
      return toResource(row)
    },
    async remove(kind, name) {
      const gone = await db.deleteFrom('resources').where('kind', '=', kind).where('name', '=', name).executeTakeFirst()
      if (gone.numDeletedRows > 0n) await grow()
      return gone.numDeletedRows > 0n
    },
    version: read,
  }
}

/** Takes new secrets out of a spec and puts a mark in their place; a mark that is there already stays. */
async function sealSecrets(
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
    await secrets.put(`${subject}/${field}`, text)
    sealed[field] = { secret: true, hint: `…${text.slice(-4)}`, ref } satisfies SecretMark
    changed = true
  }
  return { spec: sealed, changed }
}

function toResource(row: {
  kind: string
  name: string
  spec: string
  revision: number
  updated_at: number
  managed_by: ManagedBy
}): StoredResource {
  return {
    kind: row.kind,
    name: row.name,
    spec: JSON.parse(row.spec) as JsonObject,
    revision: row.revision,
    updatedAt: row.updated_at,
    managedBy: row.managed_by,
  }
}
