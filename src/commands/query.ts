import type { Value } from '../core/table.ts'
import type { QueryResult } from '../core/warehouse.ts'
import { openWarehouse } from '../open_warehouse.ts'
import type { StoredResource } from '../store/resources.ts'
import type { Store } from '../store/store.ts'
import { CommandError, EXIT } from './outlet.ts'
import { printJson } from './print_json.ts'
import type { Shell } from './shell.ts'
import { table } from './table.ts'
import { withExistingStore } from './with_store.ts'

export interface QueryOptions {
  readonly warehouse?: string
  readonly limit: string
  readonly json?: boolean
}

interface Found {
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  readonly rows: readonly (readonly Value[])[]
  readonly hasMore: boolean
}

/** Prints what a warehouse answers. */
export async function query(shell: Shell, sql: string, options: QueryOptions): Promise<void> {
  const limit = limitOf(options.limit)
  const found = await withExistingStore(shell, async (store, { BACKBEAT_DATA }) => {
    const warehouse = await openWarehouse(store, await choose(store, options.warehouse), BACKBEAT_DATA)
    try {
      return await firstRows(await warehouse.query(sql), limit)
    } finally {
      await warehouse.close()
    }
  })
  if (options.json) return printJson(shell, found)
  shell.outlet.data(shown(found))
  if (found.hasMore) shell.outlet.talk(`There are more than ${limit} rows; --limit prints more`)
}

function limitOf(text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text)
  throw new CommandError(EXIT.usage, `Cannot print "${text}" rows: --limit takes a whole number from 1 to 9999999`)
}

async function choose({ resources }: Store, name: string | undefined): Promise<StoredResource> {
  const all = await resources.list('warehouse')
  const names = all.map((one) => one.name).join(', ')
  if (name === undefined && all.length === 1) return all[0]!
  if (name === undefined) {
    const found = all.length === 0 ? 'there is none yet' : `there are several (${names}); name one with --warehouse`
    throw new CommandError(EXIT.usage, `Cannot choose a warehouse: ${found}`)
  }
  const found = all.find((one) => one.name === name)
  if (found) return found
  throw new CommandError(
    EXIT.usage,
    `Cannot ask warehouse "${name}": there is none of that name; known are ${names || 'none'}`,
  )
}

async function firstRows({ columns, pages }: QueryResult, limit: number): Promise<Found> {
  const rows: (readonly Value[])[] = []
  for await (const page of pages) {
    rows.push(...page)
    if (rows.length > limit) break
  }
  return {
    columns: columns.map(({ name, nativeType }) => ({ name, type: nativeType })),
    rows: rows.slice(0, limit),
    hasMore: rows.length > limit,
  }
}

function shown({ columns, rows }: Found): string {
  const right = new Set(columns.flatMap(({ type }, i) => (/INT|DEC|NUM|DOUBLE|FLOAT/i.test(type) ? [i] : [])))
  return table([columns.map(({ name }) => name), ...rows.map((row) => row.map(cell))], right)
}

// A blank is not zero, and no empty text either.
const cell = (value: Value): string => (value === null ? '–' : String(value))
