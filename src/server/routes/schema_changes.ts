import { z } from 'zod'
import type { Decision } from '../../core/schema_policy.ts'
import type { SchemaChange } from '../../core/warehouse.ts'
import type { StoredResource } from '../../store/resources.ts'
import type { RestatementFilter } from '../../store/restatements.ts'
import type { StoredSchemaChange } from '../../store/schema_changes.ts'
import { type ApiRoute, notFound, read, write } from '../api_route.ts'
import type { RestatementList, SchemaChangeList, SchemaChangeRow } from '../contract_streams.ts'

const LIMIT_MAX = 5000
const day = z.iso.date()

export const schemaChangeRoutes: readonly ApiRoute[] = [
  read({
    path: '/schema-changes',
    about: 'Differences between tables and their contracts that runs have met, and what became of them.',
    query: z.object({ sync: z.string().optional(), open: z.enum(['true', 'false']).optional() }),
    async answer({ store }, { query }): Promise<SchemaChangeList> {
      const reports = await store.resources.list('report')
      const changes = await store.schemaChanges.list({
        ...(query.sync !== undefined && { sync: query.sync }),
        isOpen: query.open === 'true',
      })
      return { changes: changes.map((change) => toRow(change, reports)) }
    },
  }),
  write({
    method: 'POST',
    path: '/schema-changes/:id',
    about: 'Decides about a change of a table; the next run acts on it.',
    params: z.object({ id: z.string() }),
    body: z.object({ decision: z.enum(['accept', 'ignore', 'pause']) }),
    audit: 'schema_change.decide',
    async answer({ store, outside }, { params, body, caller }) {
      const by = { who: caller.who, now: outside.now() }
      const decided = await store.schemaChanges.decide(params.id, body.decision, by)
      if (!decided) throw notFound(`schema change "${params.id}"; what no longer stands in the way is forgotten`)
      return {
        answer: toRow(decided, await store.resources.list('report')),
        subject: `sync/${decided.sync}`,
        detail: `${body.decision} ${decided.change.kind} of ${decided.table}`,
      }
    },
  }),
  read({
    path: '/restatements',
    about: 'What TikTok has changed of figures that were read before, newest first.',
    query: z.object({
      sync: z.string().optional(),
      run: z.string().optional(),
      table: z.string().optional(),
      column: z.string().optional(),
      from: day.optional(),
      to: day.optional(),
      limit: z.coerce.number().int().min(1).max(LIMIT_MAX).default(500),
    }),
    async answer({ store }, { query }): Promise<RestatementList> {
      // What was not given has no key here; only the types say that it could be undefined.
      return { restatements: await store.restatements.list(query as RestatementFilter) }
    },
  }),
]

function toRow(stored: StoredSchemaChange, reports: readonly StoredResource[]): SchemaChangeRow {
  const { byPolicy, ...change } = stored
  const decision = stored.decision ?? DECIDED[byPolicy]
  return {
    ...change,
    severity: SEVERITY[stored.change.kind],
    decision,
    decidedBy: stored.decidedBy ?? (decision === null ? null : 'policy'),
    decidedAt: stored.decidedAt ?? (decision === null ? null : stored.detectedAt),
    affectedReports: reports.filter((report) => isAffected(report, stored.change)).map(({ name }) => name),
  }
}

const SEVERITY: Record<SchemaChange['kind'], SchemaChangeRow['severity']> = {
  create_table: 'safe',
  add_column: 'safe',
  widen_column: 'safe',
  retire_column: 'review',
  retype_column: 'review',
  change_key: 'breaking',
}

/** What a policy has settled without asking anybody. */
const DECIDED: Record<Decision, SchemaChangeRow['decision']> = {
  apply: 'accept',
  variant: 'accept',
  keep: 'ignore',
  ignore: 'ignore',
  ask: null,
  pause: null,
}

/** A report whose own table changes, or that shows the figure of the column that does. */
function isAffected({ name, spec }: StoredResource, change: SchemaChange): boolean {
  if (change.table.name === `custom_${name}`) return true
  const metrics = Array.isArray(spec['metrics']) ? spec['metrics'] : []
  return 'column' in change && metrics.includes(change.column.name)
}
