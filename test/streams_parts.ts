import { addDays, daysOf } from '../src/core/days.ts'
import type { RunRequest } from '../src/core/run.ts'
import type { SchemaPolicy } from '../src/core/schema_policy.ts'
import type { Advertiser, Day, Slice } from '../src/core/stream.ts'
import type { Column, ColumnType, Row, Table } from '../src/core/table.ts'
import type { Warehouse } from '../src/core/warehouse.ts'
import type { Reading, StreamSync, SyncStream, WantedAdvertiser } from '../src/open_stream_sync.ts'
import { openPauses } from '../src/store/pauses.ts'
import { openRestatements } from '../src/store/restatements.ts'
import { openRunWork } from '../src/store/run_work.ts'
import { openRuns } from '../src/store/runs.ts'
import { openSchemaChanges } from '../src/store/schema_changes.ts'
import { openSqliteState, type State } from '../src/store/state.ts'
import { duckdbEngine } from '../src/warehouses/duckdb_engine.ts'
import { openDuckDb } from '../src/warehouses/duckdb_file.ts'
import { sqlWarehouse } from '../src/warehouses/sql_warehouse.ts'
import { executeRun, type RunParts } from '../src/worker/streams/execute_run.ts'
import { aRequest } from './runs_suite.ts'

/** A moment that the tests of runs start at: 12:00 UTC on 10 March. */
export const NOON = Date.UTC(2026, 2, 10, 12)

const column = (name: string, type: ColumnType, more: Partial<Column> = {}): Column => ({
  name,
  type,
  about: 'A test column.',
  apiField: name,
  totals: null,
  latencyHours: null,
  ...more,
})

/** A table of figures by ad and day. */
export const DAILY: Table = {
  name: 'ad_report_daily',
  about: 'Figures of each ad and day.',
  group: 'report',
  mode: 'window',
  columns: [
    column('advertiser_id', 'id'),
    column('ad_id', 'id'),
    column('stat_time_day', 'date'),
    column('spend', 'money', { totals: 'sum' }),
    column('clicks', 'integer', { totals: 'sum' }),
  ],
  key: ['ad_id', 'stat_time_day'],
  advertiserColumn: 'advertiser_id',
  windowColumn: 'stat_time_day',
  references: [],
}

/** A table of pixels. */
export const PIXELS: Table = {
  ...DAILY,
  name: 'pixel',
  about: 'Pixels.',
  group: 'entity',
  mode: 'upsert',
  columns: [column('advertiser_id', 'id'), column('pixel_id', 'id'), column('name', 'text')],
  key: ['pixel_id'],
  windowColumn: null,
}

export const ONE: Advertiser = { id: '7000000000000000001', name: 'One', currency: 'USD', timezone: 'America/New_York' }
export const TWO: Advertiser = { id: '7000000000000000002', name: 'Two', currency: 'EUR', timezone: 'Europe/Berlin' }

/** What the made-up TikTok says. */
export interface World {
  advertisers: readonly (Advertiser & { readonly lacks?: string })[]
  /** Spend of an ad on a day; null for no row. */
  spend: (advertiser: string, day: Day, ad: number) => string | null
  /** Called before each page; throws what TikTok answers instead. */
  onPage: (table: string, advertiser: string, slice: Slice) => void | Promise<void>
  /** The same for the list of advertisers. */
  onList: () => void
}

export function aWorld(more: Partial<World> = {}): World {
  return {
    advertisers: [ONE, TWO],
    spend: (_advertiser, day, ad) => `${Number(day.slice(-2))}.${ad}0`,
    onPage: () => {},
    onList: () => {},
    ...more,
  }
}

const ADS = [1, 2] as const

function rowsOf(world: World, table: Table, advertiser: string, { days }: Slice): Row[] {
  if (days === null) return [[advertiser, `8${advertiser.slice(1)}`, 'Pixel'].slice(0, table.columns.length)]
  return daysOf(days).flatMap((day) =>
    ADS.flatMap((ad) => {
      const spend = world.spend(advertiser, day, ad)
      if (spend === null) return []
      const known: Record<string, string> = {
        advertiser_id: advertiser,
        ad_id: `${advertiser.slice(0, -1)}${ad}${advertiser.slice(-1)}`.slice(1),
      }
      return [table.columns.map(({ name }) => known[name] ?? { stat_time_day: day, spend }[name] ?? '5')]
    }),
  )
}

/** A stream of the made-up TikTok; reports come in pieces of ten days, a page a day. */
export function aStream(world: World, table: Table): SyncStream {
  return {
    table,
    callsPerSlice: 1,
    slices: (days) => (table.windowColumn === null ? [{ days: null }] : tens(days.from, days.to)),
    open: ({ onNote, signal }) => ({
      async *read(advertiser, slice) {
        const pages =
          slice.days === null ? [slice] : daysOf(slice.days).map((day) => ({ days: { from: day, to: day } }))
        for (const page of pages) {
          await world.onPage(table.name, advertiser.id, slice)
          signal.throwIfAborted()
          onNote({ kind: 'call', path: '/test/', requestId: `r-${page.days?.from ?? 'all'}`, durationMs: 5 })
          yield { rows: rowsOf(world, table, advertiser.id, page), total: null }
        }
      },
    }),
  }
}

function tens(from: Day, to: Day): Slice[] {
  const pieces: Slice[] = []
  for (let end = to; end >= from; end = addDays(end, -10)) {
    const start = addDays(end, -9)
    pieces.push({ days: { from: start < from ? from : start, to: end } })
  }
  return pieces
}

export interface SyncOptions {
  readonly tables?: readonly Table[]
  readonly policy?: SchemaPolicy
  readonly named?: readonly string[] | null
  readonly historyDays?: number
  readonly backfillDays?: number
  readonly namesAdvertisers?: boolean
}

/** A sync from the made-up TikTok into a warehouse. */
export function aSync(world: World, warehouse: Warehouse, options: SyncOptions = {}): StreamSync {
  const { tables = [PIXELS, DAILY], policy = 'add_columns', named = null } = options
  return {
    name: 'tiktok',
    account: 'main',
    schema: 'tiktok_ads',
    historyDays: options.historyDays ?? 25,
    backfillDays: options.backfillDays ?? 5,
    policy,
    named: named && new Set(named),
    streams: tables.map((table) => aStream(world, table)),
    namesAdvertisers: options.namesAdvertisers ?? false,
    warehouse: { ...warehouse, close: async () => {} },
    async advertisers({ signal }: Reading): Promise<readonly WantedAdvertiser[]> {
      world.onList()
      signal.throwIfAborted()
      return world.advertisers.map((advertiser) => ({ ...advertiser, lacks: advertiser.lacks ?? null }))
    },
    callsPerSecond: () => 10,
    close: async () => {},
  }
}

/** A DuckDB in memory. */
export async function memoryWarehouse(): Promise<Warehouse> {
  const file = openDuckDb({ path: null })
  return sqlWarehouse(duckdbEngine(() => file))
}

/** Everything of a table that TikTok said, in order. */
export async function contentOf(warehouse: Warehouse, table: Table): Promise<readonly (readonly unknown[])[]> {
  const columns = table.columns.map(({ name }) => warehouse.quote(name)).join(', ')
  return queryAll(warehouse, `select ${columns} from ${warehouse.quote('tiktok_ads', table.name)} order by all`)
}

export async function queryAll(warehouse: Warehouse, sql: string): Promise<readonly (readonly unknown[])[]> {
  const { pages } = await warehouse.query(sql)
  const rows = []
  for await (const page of pages) rows.push(...page)
  return rows
}

/** A store, a clock and a warehouse to run in. */
export interface Stage {
  readonly state: State
  readonly parts: RunParts
  readonly warehouse: Warehouse
  /** The clock: set it to let time pass. */
  time: { now: number }
  /** Ends the waiting of everything that waits for a beat. */
  readonly beat: () => Promise<void>
  /** Asks for a run and does it. */
  run(request?: Partial<RunRequest>): Promise<string>
  /** Goes on with whatever run there is, as another worker would. */
  resume(changes?: Partial<RunParts>): Promise<void>
  close(): Promise<void>
}

// What waits longer than a beat of the heart is over at once, and the clock has moved.
const BEAT_MS_MAX = 10_000

/** A stage for a sync; `open` gives it anew for each run. */
export async function aStage(
  open: (warehouse: Warehouse) => StreamSync,
  changes: Partial<RunParts> = {},
): Promise<Stage> {
  const state = await openSqliteState(':memory:')
  const warehouse = await memoryWarehouse()
  const time = { now: NOON }
  let beats: (() => void)[] = []
  const wait: RunParts['wait'] = (ms, signal) => {
    if (ms > BEAT_MS_MAX) time.now += ms
    if (ms > BEAT_MS_MAX || signal.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      beats.push(resolve)
      signal.addEventListener('abort', () => resolve(), { once: true })
    })
  }
  const parts: RunParts = {
    runs: openRuns(state),
    work: openRunWork(state),
    schemaChanges: openSchemaChanges(state),
    pauses: openPauses(state),
    openSync: async () => open(warehouse),
    now: () => time.now,
    wait,
    log: () => {},
    stopped: new AbortController().signal,
    ...changes,
  }
  return {
    state,
    parts,
    warehouse,
    time,
    async beat() {
      for (const end of beats.splice(0)) end()
      await turns()
    },
    async run(request = {}) {
      const { id } = await parts.runs.requestRun(aRequest(request), time.now)
      const claim = await parts.work.claim('test', time.now)
      if (claim) await executeRun(claim, parts)
      beats = []
      return id
    },
    async resume(more = {}) {
      const claim = await parts.work.claim('next', time.now)
      if (!claim) throw new Error('There is no run to go on with')
      await executeRun(claim, { ...parts, ...more })
    },
    async close() {
      await warehouse.close()
      await state.close()
    },
  }
}

/** Lets promises settle. */
export async function turns(): Promise<void> {
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve))
}

/** The restatements of a stage. */
export const restatementsOf = ({ state }: Stage) => openRestatements(state).list({ limit: 1000 })
