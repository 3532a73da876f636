import { hash } from 'node:crypto'
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

/** Who changed what, when. Each line carries the hash of all before it: a line taken out or altered shows. */
export interface Audit {
  write(entry: Omit<AuditEntry, 'id'>): Promise<void>
  list(filter: { readonly before?: number; readonly limit: number }): Promise<readonly AuditEntry[]>
  /** Id of the first line that does not follow from the one before; null when the log is whole. */
  firstBroken(): Promise<number | null>
}

export function openAudit({ db }: State): Audit {
  return {
    async write({ at, who, what, subject, detail }) {
      await db.transaction().execute(async (step) => {
        const last = await step.selectFrom('audit').select('hash').orderBy('id', 'desc').limit(1).executeTakeFirst()
        const entry = { at, who, what, subject, detail }
        await step
          .insertInto('audit')
          .values({ ...entry, hash: chain(last?.hash ?? '', entry) })
          .execute()
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
      return broken?.id ?? null
    },
  }
}

function chain(before: string, { at, who, what, subject, detail }: Omit<AuditEntry, 'id'>): string {
  return hash('sha256', JSON.stringify([before, at, who, what, subject, detail]))
}
