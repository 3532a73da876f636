import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { aShell } from '../src/commands/testing.ts'
import { runParts } from '../src/commands/work_streams.ts'
import { readConfig } from '../src/config.ts'
import type { Run, RunRequest } from '../src/core/run.ts'
import type { Warehouse } from '../src/core/warehouse.ts'
import { openWarehouse } from '../src/open_warehouse.ts'
import { aSimulator, NOW, SHOP, type TestSimulator, TOKEN } from '../src/simulator/testing.ts'
import type { Store } from '../src/store/store.ts'
import { executeRun } from '../src/worker/streams/execute_run.ts'
import { aRequest } from './runs_suite.ts'
import { queryAll } from './streams_parts.ts'

const DAY_MS = 86_400_000
const HISTORY_DAYS = 12
const STREAMS = [
  'campaign_history',
  'ad_history',
  'ad_report_daily',
  'campaign_report_daily',
  'advertiser_report_daily',
]

const filesFor = (url: string, streams = STREAMS) => ({
  'tiktok.yaml': `
kind: account
name: demo
spec: { access_token: "\${env:TIKTOK_ACCESS_TOKEN}", api_url: ${url}/open_api/v1.3, advertiser_id: "${SHOP}" }
---
kind: warehouse
name: local
spec: { type: duckdb, path: warehouse.duckdb }
---
kind: sync
name: reports
spec:
  from: { account: demo, streams: [${streams.join(', ')}] }
  to: { warehouse: local }
  schedule: null
  history_days: ${HISTORY_DAYS}
`,
})

/** The whole road on one machine, with a clock that stands still at both ends unless a test moves it. */
async function aRoad(t: TestContext, simulator: TestSimulator, streams = STREAMS) {
  const shell = aShell(t, filesFor(simulator.url, streams))
  const applied = await shell.run('apply tiktok.yaml --yes')
  assert.equal(applied.code, 0, applied.err)
  const store = await shell.store()
  const time = { base: NOW, since: performance.now() }
  const folder = join(shell.folder, '.backbeat')
  const config = { ...readConfig({ BACKBEAT_TIKTOK_QPS: '1000', BACKBEAT_LOG: 'error' }), BACKBEAT_DATA: folder }
  // Waits for the budget need a clock that moves.
  const now = () => time.base + performance.now() - time.since
  const parts = runParts(store, config, { fetch, now, stopped: new AbortController().signal })
  return {
    store,
    shell,
    time,
    async run(request: Partial<RunRequest> = {}): Promise<Run> {
      const { id } = await store.runs.requestRun(aRequest({ sync: 'reports', ...request }), now())
      const claim = await parts.work.claim('test', now())
      if (claim) await executeRun(claim, parts)
      return (await store.runs.get(id))!
    },
    async resume(): Promise<void> {
      await executeRun((await parts.work.claim('next', now()))!, parts)
    },
    ask: (sql: string) => withWarehouse(store, folder, (warehouse) => queryAll(warehouse, sql)),
  }
}

async function withWarehouse<T>(store: Store, folder: string, work: (warehouse: Warehouse) => Promise<T>): Promise<T> {
  const warehouse = await openWarehouse(store, (await store.resources.get('warehouse', 'local'))!, folder)
  try {
    return await work(warehouse)
  } finally {
    await warehouse.close()
  }
}

const CONTENT = `select ad_id, stat_time_day, spend, impressions, clicks, conversion from tiktok_ads.ad_report_daily`

test('the warehouse holds what the local TikTok holds to be true, and every level comes to the same', async (t) => {
  const simulator = await aSimulator(t)
  const road = await aRoad(t, simulator)

  const run = await road.run()

  assert.equal(run.state, 'succeeded', run.reason?.message)
  const span = 'from=2026-11-10&to=2026-11-21'
  const truth = await simulator.get(`/__simulator/truth?advertiser_id=${SHOP}&${span}&metrics=spend,impressions,clicks`)
  const { spend, impressions, clicks } = truth.totals
  for (const level of ['ad', 'campaign', 'advertiser']) {
    const [sums] = await road.ask(
      `select sum(spend), sum(impressions), sum(clicks) from tiktok_ads.${level}_report_daily`,
    )
    const [inSpend, ...counts] = sums!.map(Number)
    assert.deepEqual(counts, [Number(impressions), Number(clicks)], level)
    assert.ok(Math.abs(inSpend! - Number(spend)) < 1, `${level}: ${inSpend} and ${spend}`)
  }
})

test('ids keep all their digits, and every figure has its ad', async (t) => {
  const simulator = await aSimulator(t)
  const road = await aRoad(t, simulator)
  await road.run()

  const ids = (await road.ask('select distinct ad_id from tiktok_ads.ad_report_daily')).flat()
  assert.ok(ids.length > 0 && ids.every((id) => typeof id === 'string' && /^\d{16,19}$/.test(id)))
  const unknown = await road.ask(
    'select ad_id from tiktok_ads.ad_report_daily where ad_id not in (select ad_id from tiktok_ads.ad_history)',
  )
  assert.deepEqual(unknown, [])
})

test('after two days of restating, the tables are those of somebody who reads everything for the first time', async (t) => {
  const simulator = await aSimulator(t)
  const road = await aRoad(t, simulator)
  await road.run()
  const later = NOW + 2 * DAY_MS
  await simulator.control('POST', 'clock', { now: later })
  road.time.base = later

  const second = await road.run()

  assert.equal(second.state, 'succeeded', second.reason?.message)
  assert.ok(second.counts.changed > 0, 'TikTok restates')
  const log = await road.store.restatements.list({ sync: 'reports', limit: 10_000 })
  assert.ok(log.length > 0)
  for (const { run, day, before, after, advertiserId } of log) {
    assert.deepEqual([run, advertiserId], [second.id, SHOP])
    assert.ok(day! >= '2026-11-10' && day! <= '2026-11-22', day!)
    assert.notEqual(before, after)
  }

  const fresh = await aRoad(t, simulator)
  fresh.time.base = later
  await fresh.run()
  const since = `where stat_time_day >= '2026-11-12' order by all`
  assert.deepEqual(await road.ask(`${CONTENT} ${since}`), await fresh.ask(`${CONTENT} ${since}`))
})

test('the day on which the clock goes back stays one day of the account', async (t) => {
  const simulator = await aSimulator(t)
  const road = await aRoad(t, simulator, ['campaign_report_hourly'])
  const days = { from: '2026-11-01', to: '2026-11-01' }

  const run = await road.run({ kind: 'backfill', days })

  assert.equal(run.state, 'succeeded', run.reason?.message)
  const hours = (
    await road.ask(
      "select distinct strftime(stat_time_hour, '%Y-%m-%d %H:%M') h from tiktok_ads.campaign_report_hourly order by 1",
    )
  ).flat()
  assert.deepEqual([hours.length, hours[0], hours.at(-1)], [24, '2026-11-01 00:00', '2026-11-01 23:00'])
})

test('a token that TikTok takes back pauses the account; once it is good again the run goes on', async (t) => {
  const simulator = await aSimulator(t)
  const road = await aRoad(t, simulator)
  await simulator.control('POST', 'world', { tokens: { [TOKEN]: null } })

  const run = await road.run()
  assert.deepEqual([run.state, run.reason?.code], ['failed', 'tiktok.token_invalid'])
  assert.deepEqual(
    (await road.store.pauses.list()).map(({ subject }) => subject),
    ['account/demo'],
  )
  const refused = await road.shell.run('run reports')
  assert.equal(refused.code, 4, refused.err)

  await simulator.control('POST', 'world', { tokens: { [TOKEN]: { advertisers: 'all' } } })
  await road.store.pauses.resume('account/demo')
  await road.resume()
  assert.equal((await road.store.runs.get(run.id))!.state, 'succeeded')
})

const MAIN = join(import.meta.dirname, '../src/main.ts')

/** Runs the sync in a process of its own, and kills it some milliseconds after its first word. Tells whether it died. */
async function runAndKill(folder: string, ms: number): Promise<boolean> {
  const env = { ...process.env, TIKTOK_ACCESS_TOKEN: TOKEN, BACKBEAT_TIKTOK_QPS: '4' }
  const child = spawn(process.execPath, [MAIN, 'run', 'reports'], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  let killing: NodeJS.Timeout | undefined
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk
    killing ??= setTimeout(() => child.kill('SIGKILL'), ms)
  })
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null]
  clearTimeout(killing)
  assert.ok(signal === 'SIGKILL' || code === 0, said)
  return signal === 'SIGKILL'
}

test('a process that is killed leaves a run that the next process ends, with the same tables', async (t) => {
  const at = Date.now()
  const simulator = await aSimulator(t, { now: () => at })
  const [road, calm] = [await aRoad(t, simulator), await aRoad(t, simulator)]
  calm.time.base = at
  assert.equal((await calm.run()).state, 'succeeded')

  let deaths = 0
  for (const ms of [200, 900, 1600]) {
    if (!(await runAndKill(road.shell.folder, ms))) break
    deaths++
    // Half a minute goes by.
    await road.store.state.db.updateTable('run_leases').set({ until: 0 }).execute()
  }
  assert.ok(deaths > 0)
  const last = await road.shell.run('run reports', { clock: Date.now })

  assert.equal(last.code, 0, last.err)
  const runs = await road.store.runs.list({ limit: 10 })
  assert.deepEqual([...new Set(runs.map(({ state }) => state))], ['succeeded'])
  assert.deepEqual(await road.ask(`${CONTENT} order by all`), await calm.ask(`${CONTENT} order by all`))
})
