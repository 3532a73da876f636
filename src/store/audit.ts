import { hash } from 'node:crypto'
import { holdMeta, setMeta } from './meta.ts'
import type { State } from './state.ts'

export interface AuditEntry {
  readonly id: number
  readonly at: number
  /** `console`, `cli`, … */
  readonly who: string
  /** Verb and object: `resource.put`, `event.edit`. */
  readonly what: string
  readonly subject: string
  readonly detail: string
}

/** Who changed what, when. Each line carries the hash of all before it: a line that is altered or taken out shows. */
export interface Audit {
  write(entry: Omit<AuditEntry, 'id'>): Promise<void>
  list(filter: { readonly before?: number; readonly limit: number }): Promise<readonly AuditEntry[]>
  /** Id of the first line that is missing or does not follow from the one before; null when the log is whole. */
  firstBroken(): Promise<number | null>
}

// Kept apart from the lines, so that lines missing at the end show, too.
const LAST_HASH = 'audit_last_hash'

export function openAudit({ db }: State): Audit {
  return {
    async write({ at, who, what, subject, detail }) {
      await db.transaction().execute(async (step) => {
        const entry = { at, who, what, subject, detail }
        const hash = chain(await holdMeta(step, LAST_HASH, ''), entry)
        await step
          .insertInto('audit')
          .values({ ...entry, hash })
          .execute()
        await setMeta(step, LAST_HASH, hash)
      })
    },
    async list({ before, limit }) {
      return db
        .selectFrom('audit')
        .select(['id', 'at', 'who', 'what', 'subject', 'detail'])
        .where('id', '<', before ?? Number.MAX_SAFE_INTEGER)
        .orderBy('id', 'desc')
        .limit(limit)
        .execute()
    },
    async firstBroken() {
      const lines = await db.selectFrom('audit').selectAll().orderBy('id').execute()
      const broken = lines.find((line, i) => line.hash !== chain(lines[i - 1]?.hash ?? '', line))
      if (broken) return broken.id
      const kept = await db.selectFrom('meta').select('value').where('key', '=', LAST_HASH).executeTakeFirst()
      const last = lines.at(-1)
      return (kept?.value ?? '') === (last?.hash ?? '') ? null : (last?.id ?? 0) + 1
    },
  }
}

function chain(before: string, { at, who, what, subject, detail }: Omit<AuditEntry, 'id'>): string {
  return hash('sha256', JSON.stringify([before, at, who, what, subject, detail]))
}
