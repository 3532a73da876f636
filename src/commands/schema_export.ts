import { exportSchema, SCHEMA_FORMATS, type SchemaFormat } from '../core/export_schema.ts'
import { suggestion } from '../core/nearest.ts'
import { knownStreams } from '../known_streams.ts'
import { openWarehouse } from '../open_warehouse.ts'
import { findStreamSync } from './find_stream_sync.ts'
import { CommandError, EXIT } from './outlet.ts'
import { printJson } from './print_json.ts'
import type { Shell } from './shell.ts'
import { configOf, hasData, withStore } from './with_store.ts'

export interface SchemaFlags {
  readonly format: string
  readonly sync: string | null
  readonly json: boolean
}

/** Where tables stand that belong to no sync yet. */
const USUAL_SCHEMA = 'tiktok_ads'

/** Prints the tables as statements, a diagram or a contract. */
export async function printSchema(shell: Shell, flags: SchemaFlags): Promise<void> {
  const format = demandFormat(flags.format)
  const text = await exported(shell, format, flags.sync)
  if (flags.json) printJson(shell, { format, sync: flags.sync, text })
  else shell.outlet.data(text.trimEnd())
}

function demandFormat(format: string): SchemaFormat {
  const known = SCHEMA_FORMATS.find((one) => one === format)
  if (known) return known
  const hint = suggestion(format, SCHEMA_FORMATS) || `; give one of ${SCHEMA_FORMATS.join(', ')}`
  throw new CommandError(EXIT.usage, `Cannot export as "${format}"${hint}`)
}

async function exported(shell: Shell, format: SchemaFormat, name: string | null): Promise<string> {
  // The catalogue is the same everywhere; only reports of one's own and warehouses stand in a data directory.
  if (name === null && !hasData(configOf(shell))) {
    return exportSchema(format, tablesOf(knownStreams([])), { schema: USUAL_SCHEMA })
  }
  return withStore(shell, async (store, { BACKBEAT_DATA }) => {
    const known = knownStreams(await store.resources.list('report'))
    if (name === null) return exportSchema(format, tablesOf(known), { schema: USUAL_SCHEMA })
    const { spec, streams } = await findStreamSync(store, name)
    const stored = await store.resources.get('warehouse', spec.to.warehouse)
    if (!stored)
      throw new CommandError(EXIT.usage, `Cannot export ${name}: its warehouse "${spec.to.warehouse}" is gone`)
    const warehouse = await openWarehouse(store, stored, BACKBEAT_DATA)
    const { schema } = spec.to
    try {
      const chosen = known.filter(({ table }) => streams.includes(table.name))
      return exportSchema(format, tablesOf(chosen), {
        schema,
        statementsOf: (table) => warehouse.ddl(schema, { kind: 'create_table', table }),
      })
    } finally {
      await warehouse.close()
    }
  })
}

const tablesOf = (streams: ReturnType<typeof knownStreams>) => streams.map(({ table }) => table)
