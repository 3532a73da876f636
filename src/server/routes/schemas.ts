import { z } from 'zod'
import { auditColumns } from '../../core/audit_columns.ts'
import { exportSchema, SCHEMA_FORMATS } from '../../core/export_schema.ts'
import type { Stream } from '../../core/stream.ts'
import type { LoadedSlice } from '../../core/warehouse.ts'
import { knownStreams, streamsOn } from '../../known_streams.ts'
import { openWarehouse } from '../../open_warehouse.ts'
import { type ApiRoute, type Context, read } from '../api_route.ts'
import { warehouseOf } from '../ask_warehouse.ts'
import type { Erd, ErdTable } from '../contract_streams.ts'
import { loadedSlices } from '../loaded_slices.ts'
import { rowsIn } from '../stream_states.ts'
import { type StreamSync, streamSyncOf } from '../stream_sync.ts'

/** What the catalogue alone is exported under. */
const USUAL_SCHEMA = 'tiktok_ads'

const ofSync = z.object({ sync: z.string().optional() })

export const schemaRoutes: readonly ApiRoute[] = [
  read({
    path: '/erd',
    about: 'The tables with their columns, keys and relations; with a sync, also what stands in its warehouse.',
    query: ofSync,
    answer: (context, { query }) => erd(context, query.sync),
  }),
  read({
    path: '/schema/export',
    about: 'The tables as SQL, DBML, a Mermaid diagram or a data contract, as plain text.',
    query: ofSync.extend({ format: z.enum(SCHEMA_FORMATS).default('sql') }),
    async answer(context, { query }): Promise<string> {
      const { sync, streams } = await tablesOf(context, query.sync)
      const tables = streams.map(({ table }) => table)
      if (sync === null) return exportSchema(query.format, tables, { schema: USUAL_SCHEMA })
      const { store, config } = context
      const stored = await warehouseOf(store, sync.spec.to.warehouse)
      const warehouse = await openWarehouse(store, stored, config.BACKBEAT_DATA)
      try {
        const { schema } = sync.spec.to
        return exportSchema(query.format, tables, {
          schema,
          statementsOf: (table) => warehouse.ddl(schema, { kind: 'create_table', table }),
        })
      } finally {
        await warehouse.close()
      }
    },
  }),
]

interface Tables {
  readonly sync: StreamSync | null
  readonly known: readonly Stream<never>[]
  /** Those that the sync reads, or all. */
  readonly streams: readonly Stream<never>[]
}

async function tablesOf({ store }: Context, name: string | undefined): Promise<Tables> {
  const known = knownStreams(await store.resources.list('report'))
  if (name === undefined) return { sync: null, known, streams: known }
  const sync = await streamSyncOf(store, name)
  return { sync, known, streams: streamsOn(sync.spec, known) }
}

async function erd(context: Context, name: string | undefined): Promise<Erd> {
  const { sync, known, streams } = await tablesOf(context, name)
  const on = new Set(streams.map(({ table }) => table.name))
  const latest = sync && (await context.store.runs.latest(sync.name))
  const loaded = sync && (await loadedSlices(context, sync, latest?.ended?.id ?? null))
  return {
    schema: sync?.spec.to.schema ?? null,
    tables: known.map(({ table }) => toErdTable(table, on.has(table.name), loaded)),
  }
}

function toErdTable(table: ErdTable['table'], isOn: boolean, loaded: readonly LoadedSlice[] | null): ErdTable {
  const own = loaded?.filter((slice) => slice.table === table.name) ?? []
  return {
    table,
    auditColumns: auditColumns(table.mode),
    isOn,
    rows: own.length === 0 ? null : rowsIn(table.name, own),
    syncedAt: own.length === 0 ? null : Math.max(...own.map(({ loadedAt }) => loadedAt)),
  }
}
