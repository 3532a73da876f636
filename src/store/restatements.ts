import type { State } from './state.ts'

/** What TikTok changed of figures we had read before, by day and column. */
export interface StoredRestatement {
  readonly sync: string
  readonly run: string
  readonly at: number
  readonly table: string
  readonly advertiserId: string
  /** Null when the table is not cut by days. */
  readonly day: string | null
  readonly column: string
  /** Sums over the rows that changed or went, as decimal text. */
  readonly before: string
  readonly after: string
  readonly rows: number
}

export interface RestatementFilter {
  readonly sync?: string
  readonly run?: string
  readonly table?: string
  readonly column?: string
  /** Days that the figures are about, both included. */
  readonly from?: string
  readonly to?: string
  readonly limit: number
}

/** The log of restatements; runs write it together with the slice that found them. */
export interface Restatements {
  /** Newest first. */
  list(filter: RestatementFilter): Promise<readonly StoredRestatement[]>
  prune(before: number): Promise<void>
}

export function openRestatements({ db }: Pick<State, 'db'>): Restatements {
  return {
    async list({ sync, run, table, column, from, to, limit }) {
      let rows = db.selectFrom('restatements').selectAll().orderBy('at', 'desc').orderBy('day', 'desc').limit(limit)
      if (sync !== undefined) rows = rows.where('sync', '=', sync)
      if (run !== undefined) rows = rows.where('run', '=', run)
      if (table !== undefined) rows = rows.where('table_name', '=', table)
      if (column !== undefined) rows = rows.where('column_name', '=', column)
      if (from !== undefined) rows = rows.where('day', '>=', from)
      if (to !== undefined) rows = rows.where('day', '<=', to)
      return (await rows.execute()).map(({ table_name, advertiser_id, column_name, ...row }) => ({
        ...row,
        table: table_name,
        advertiserId: advertiser_id,
        column: column_name,
      }))
    },
    async prune(before) {
      await db.deleteFrom('restatements').where('at', '<', before).execute()
    },
  }
}
