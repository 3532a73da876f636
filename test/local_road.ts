import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { readConfig } from '../src/config.ts'
import type { Run, RunRequest, RunSlice } from '../src/core/run.ts'
import type { Value } from '../src/core/table.ts'
import type { Warehouse } from '../src/core/warehouse.ts'
import { KINDS, type Kind, secretFieldsOf } from '../src/kinds.ts'
import { openStreamSync, streamSyncOutside } from '../src/open_stream_sync.ts'
import { openWarehouse } from '../src/open_warehouse.ts'
import { aSimulator, type TestOptions, type TestSimulator, TOKEN } from '../src/simulator/testing.ts'
import { openRunWork } from '../src/store/run_work.ts'
import { openStore, type Store } from '../src/store/store.ts'
import { createRateBudget } from '../src/tiktok/rate_budget.ts'
import { executeRun } from '../src/worker/streams/execute_run.ts'
import { aRequest } from './runs_suite.ts'
import { tempFolder } from './temp_folder.ts'

const APP = { app_id: '7000000000000000201', app_secret: 'simulator-secret' }

/** A row by its columns' names. */
export type Named = Readonly<Record<string, Value>>

export interface LocalRoadOptions {
  /** Moment the clock stands at, of TikTok and of Backbeat. */
  readonly at: number
  readonly world?: TestOptions['world']
  /** Spec of the warehouse "main"; a DuckDB file unless given. */
  readonly warehouse?: object
  /** Spec of the sync "tiktok", source and destination apart. */
  readonly sync?: object
  readonly advertisers?: readonly string[]
  readonly streams: readonly string[]
  /** Specs of reports of one's own, by name. */
  readonly reports?: Readonly<Record<string, object>>
  readonly schema?: string
}

/** The whole road on one clock: the local TikTok, a stored sync, and a warehouse. */
export interface LocalRoad {
  readonly tiktok: TestSimulator
  readonly store: Store
  readonly warehouse: Warehouse
  /** The clock of both; it stands still until it is set. */
  readonly time: { now: number }
  /** Asks for a run and does it. */
  run(request?: Partial<RunRequest>): Promise<{ readonly run: Run; readonly slices: readonly RunSlice[] }>
  /** Rows of one statement. */
  rows(sql: string): Promise<readonly Named[]>
}

/** A road with one sync, "tiktok", from everything that the local TikTok's token reaches. */
export async function aLocalRoad(t: TestContext, options: LocalRoadOptions): Promise<LocalRoad> {
  const time = { now: options.at }
  const settings = { requests_per_second: 'none' }
  const tiktok = await aSimulator(t, { now: () => time.now, world: options.world ?? {}, settings })
  const config = readConfig({ BACKBEAT_DATA: tempFolder(t), BACKBEAT_TIMEOUT: '60s' })
  const store = await openStore(config, () => time.now)
  const put = (kind: Kind, name: string, spec: object) => putResource(store, kind, name, spec, time.now)
  await put('account', 'main', { access_token: TOKEN, api_url: `${tiktok.url}/open_api/v1.3`, ...APP })
  const stored = await put('warehouse', 'main', options.warehouse ?? { type: 'duckdb' })
  const { advertisers, streams, reports = {}, schema = 'tiktok_ads' } = options
  for (const [name, spec] of Object.entries(reports)) await put('report', name, spec)
  await put('sync', 'tiktok', {
    from: { account: 'main', streams, ...(advertisers && { advertisers }) },
    to: { warehouse: 'main', schema },
    ...options.sync,
  })
  const warehouse = await openWarehouse(store, stored, config.BACKBEAT_DATA)
  t.after(async () => {
    await warehouse.close()
    await store.close()
  })

  const work = openRunWork(store.state)
  const stopped = new AbortController().signal
  const outside = outsideOf(config)
  const parts = {
    ...store,
    work,
    openSync: (name: string) => openStreamSync(store, name, outside),
    now: () => time.now,
    wait: waitForEnd,
    log: (_level: string, message: string, more: object) => console.error(message, more),
    stopped,
  }
  return {
    tiktok,
    store,
    warehouse,
    time,
    async run(request = {}) {
      const { id } = await store.runs.requestRun(aRequest(request), time.now)
      const claim = await work.claim('test', time.now)
      assert.ok(claim, 'a run waits')
      await executeRun(claim, parts)
      const run = await store.runs.get(id)
      assert.ok(run)
      return { run, slices: await store.runs.slices(id) }
    },
    rows: (sql) => readRows(warehouse, sql),
  }
}

/** Every row of a statement, by names. */
export async function readRows(warehouse: Warehouse, sql: string): Promise<readonly Named[]> {
  const { columns, pages } = await warehouse.query(sql)
  const names = columns.map(({ name }) => name)
  const rows: Named[] = []
  for await (const page of pages) {
    for (const row of page) rows.push(Object.fromEntries(names.map((name, i) => [name, row[i] ?? null])))
  }
  return rows
}

async function putResource(store: Store, kind: Kind, name: string, given: object, now: number) {
  const spec = KINDS[kind].parse(given) as never
  return store.resources.put({ kind, name, spec, managedBy: 'console', who: 'test', now }, secretFieldsOf(kind))
}

/** Waiting for TikTok's sake takes no time, and leaves the clock of the road alone. */
function outsideOf(config: ReturnType<typeof readConfig>) {
  let ticks = 0
  const now = () => ticks
  const wait = async (ms: number) => {
    ticks += ms
  }
  const budget = createRateBudget({ perSecond: 1_000_000, now })
  return { ...streamSyncOutside(config, { fetch, now, random: () => 0.5, wait }), budgetOf: () => budget }
}

const BEAT_MS_MAX = 10_000

/** The heart of a run beats no faster than its clock goes, which stands still; longer waits are over at once. */
function waitForEnd(ms: number, signal: AbortSignal): Promise<void> {
  if (ms > BEAT_MS_MAX || signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
