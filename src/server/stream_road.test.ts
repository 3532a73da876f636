import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { readConfig } from '../config.ts'
import { openStreamSync, streamSyncOutside } from '../open_stream_sync.ts'
import { aSimulator, LADEN, NOW, SHOP, type TestSimulator } from '../simulator/testing.ts'
import { openRunWork } from '../store/run_work.ts'
import { executeRun } from '../worker/streams/execute_run.ts'
import { wait } from '../worker/wait.ts'
import { type Answered, aServer, type TestServer } from './testing.ts'

const APP = { appId: '7000000000000000201', appSecret: 'simulator-secret' }
const STREAMS = ['advertiser', 'campaign_history', 'campaign_report_daily']
const SYNC = {
  from: { account: 'main', advertisers: [SHOP], streams: STREAMS },
  to: { warehouse: 'main', schema: 'ads' },
  schedule: { every_minutes: 60 },
  history_days: 3,
  backfill_days: 2,
}

test('from signing in to rows in a warehouse, all of it through the API', async (t) => {
  const road = await aRoad(t)
  const { ask } = road

  const signedIn = await road.signIn([SHOP, LADEN])
  const connection = await ask('GET', '/accounts/main/connection')
  await ask('PUT', '/resources/warehouse/main', { spec: { type: 'duckdb', path: 'main.duckdb' } })
  const estimate = await ask('POST', '/syncs/estimate', { spec: SYNC })
  const saved = await ask('PUT', '/resources/sync/ads', { spec: SYNC })
  const asked = await ask('POST', '/runs', { sync: 'ads', kind: 'manual' })
  const before = await ask('GET', '/syncs/ads/streams')
  await road.work()
  const run = await ask('GET', `/runs/${asked.body.id}`)
  const after = await ask('GET', '/syncs/ads/streams')
  const rows = await ask('POST', '/warehouses/main/query', { sql: 'select count(*) from ads.campaign_report_daily' })
  const home = await ask('GET', '/home')

  assert.equal(signedIn.body.ok, true, JSON.stringify(signedIn.body))
  assert.deepEqual(connection.body.user, {
    name: 'Simulator user',
    email: 's***@example.com',
    pictureUrl: 'https://simulator.example.com/avatar/7000000000000000401',
  })
  assert.deepEqual(
    connection.body.steps.filter(({ ok }: { ok: boolean }) => !ok),
    [],
  )
  assert.deepEqual(connection.body.advertisers.map(({ id }: { id: string }) => id).sort(), [SHOP, LADEN].sort())
  assert.deepEqual([estimate.status, estimate.body.slices, estimate.body.minutes], [200, 3, 1])
  assert.deepEqual(saved.body.state, { health: 'idle', because: 'It has not run yet' })
  assert.deepEqual([asked.body.state, asked.body.who, asked.body.kind], ['queued', 'api', 'manual'])
  assert.deepEqual(
    wordsOf(before),
    STREAMS.map(() => 'never_run'),
  )
  assert.equal(run.body.run.state, 'succeeded', JSON.stringify(run.body.run.reason))
  assert.deepEqual(
    run.body.slices.map(({ state }: { state: string }) => state),
    ['done', 'done', 'done'],
  )
  assert.deepEqual(
    wordsOf(after),
    STREAMS.map(() => 'fresh'),
  )
  const daily = after.body.streams.find(({ stream }: { stream: string }) => stream === 'campaign_report_daily')
  assert.equal(daily.rowsStored, Number(rows.body.rows[0][0]))
  assert.ok(daily.rowsStored > 0)
  assert.deepEqual(daily.through, [{ advertiserId: SHOP, advertiser: 'Simulator shop', day: '2026-11-21' }])
  const { createdAt, endedAt } = run.body.run
  assert.deepEqual(
    [after.body.health, after.body.nextRunAt, after.body.running],
    ['healthy', createdAt + 3_600_000, null],
  )
  assert.deepEqual(home.body.streamSyncs, [
    {
      name: 'ads',
      account: 'main',
      warehouse: 'main',
      schema: 'ads',
      health: 'healthy',
      because: 'Its tables stand as TikTok had them at the last run',
      isRunning: false,
      lastRun: { id: asked.body.id, state: 'succeeded', endedAt },
      nextRunAt: createdAt + 3_600_000,
      freshAt: endedAt,
    },
  ])
  assert.deepEqual(home.body.problems, [])
})

test('the tables are drawn with what stands in them, and leave as text', async (t) => {
  const road = await aSyncedRoad(t)
  const { ask } = road

  const erd = await ask('GET', '/erd?sync=ads')
  const catalogue = await ask('GET', '/erd')
  const texts = await Promise.all(
    ['sql', 'dbml', 'mermaid', 'json'].map((format) => ask('GET', `/schema/export?sync=ads&format=${format}`)),
  )

  const drawn = erd.body.tables.filter(({ isOn }: { isOn: boolean }) => isOn)
  assert.deepEqual(
    drawn.map(({ table }: { table: { name: string } }) => table.name),
    STREAMS,
  )
  assert.equal(erd.body.schema, 'ads')
  for (const { rows, syncedAt, auditColumns } of drawn) {
    assert.ok(rows > 0)
    assert.ok(syncedAt >= NOW)
    assert.ok(auditColumns.some(({ name }: { name: string }) => name === '_synced_at'))
  }
  assert.ok(catalogue.body.tables.length > 20)
  assert.ok(catalogue.body.tables.every(({ rows, isOn }: { rows: unknown; isOn: boolean }) => rows === null && isOn))
  for (const { headers, body } of texts) {
    assert.match(String(headers['content-type']), /^text\/plain/)
    for (const stream of STREAMS) assert.match(body, new RegExp(stream))
  }
  assert.match(texts[0]!.body, /create table/i)
})

test('what Prometheus reads holds the figures of the last run', async (t) => {
  const { server, ask } = await aSyncedRoad(t)
  const { counts, endedAt } = (await ask('GET', '/runs')).body.runs[0]

  const { body } = await server.inject({ url: '/metrics' })

  assert.ok(body.includes(`backbeat_run_figures{sync="ads",figure="read"} ${counts.read}\n`))
  assert.ok(body.includes(`backbeat_run_ended_timestamp_seconds{sync="ads",state="succeeded"} ${endedAt / 1000}\n`))
  assert.ok(body.includes('backbeat_runs_under_way{sync="ads"} 0\n'))
})

test('a run is refused that cannot be right, with what would be', async (t) => {
  const { ask, store } = await aSyncedRoad(t)
  const refused = async (body: object) => {
    const { status, body: answer } = await ask('POST', '/runs', { sync: 'ads', kind: 'manual', ...body })
    return [status, answer.error?.message]
  }

  assert.deepEqual(await refused({ sync: 'nothing' }), [404, 'There is no sync "nothing"'])
  assert.deepEqual(await refused({ kind: 'backfill' }), [422, 'Cannot run: days is missing; say which days to read'])
  assert.deepEqual(await refused({ streams: ['campaign_histori'] }), [
    422,
    'Cannot run: streams[0] "campaign_histori" is not switched on; did you mean "campaign_history"?',
  ])
  assert.deepEqual(await refused({ kind: 'backfill', days: { from: '2026-11-20', to: '2026-11-01' } }), [
    422,
    'Cannot run: days ends on 2026-11-01, before it begins on 2026-11-20',
  ])
  assert.equal((await refused({ kind: 'scheduled' }))[0], 400)
  await store.pauses.pause({
    subject: 'account/main',
    since: NOW,
    code: 'tiktok.token_invalid',
    message: 'TikTok forgot us',
  })
  assert.deepEqual(await refused({}), [409, 'Cannot run: account/main waits for you: TikTok forgot us'])
})

test('a run that waits is cancelled, and runs are listed newest first', async (t) => {
  const { ask, store } = await aSyncedRoad(t)
  const { body: waiting } = await ask('POST', '/runs', { sync: 'ads', kind: 'resync', streams: ['advertiser'] })

  const cancelled = await ask('POST', `/runs/${waiting.id}/cancel`)
  const list = await ask('GET', '/runs?sync=ads')
  const older = await ask('GET', `/runs?sync=ads&before=${list.body.runs[0].id}&limit=1`)

  assert.deepEqual([cancelled.status, cancelled.body.state], [200, 'cancelled'])
  assert.deepEqual(
    list.body.runs.map(({ kind, state }: { kind: string; state: string }) => [kind, state]),
    [
      ['resync', 'cancelled'],
      ['manual', 'succeeded'],
    ],
  )
  assert.deepEqual(older.body.runs, [list.body.runs[1]])
  assert.deepEqual(
    (await store.audit.list({ limit: 2 })).map(({ what, subject }) => [what, subject]),
    [
      ['run.cancel', 'sync/ads'],
      ['run.request', 'sync/ads'],
    ],
  )
  assert.equal((await ask('POST', '/runs/nothing/cancel')).status, 404)
  assert.equal((await ask('GET', '/runs/nothing')).status, 404)
})

test('what a sync uses cannot be removed', async (t) => {
  const { ask } = await aSyncedRoad(t)
  const report = { type: 'basic', data_level: 'campaign', aggregation: 'day', metrics: ['spend'] }
  await ask('PUT', '/resources/report/mine', { spec: report })
  const from = { ...SYNC.from, streams: [...STREAMS, 'custom_mine'] }
  const saved = await ask('PUT', '/resources/sync/ads', { spec: { ...SYNC, from } })

  for (const used of ['account/main', 'warehouse/main', 'report/mine']) {
    const { status, body } = await ask('DELETE', `/resources/${used}`)
    assert.deepEqual(
      [status, body.error?.message],
      [409, `Cannot remove ${used}: sync/ads refers to it; change that first`],
    )
  }
  assert.equal(saved.status, 200, JSON.stringify(saved.body))
})

test('what a schedule or an advertiser id cannot be is told where it stands', async (t) => {
  const { ask } = await aSyncedRoad(t)
  const problemsOf = async (changes: object) => {
    const { body } = await ask('PUT', '/resources/sync/other', { spec: { ...SYNC, ...changes } })
    return body.error.problems.map(({ path }: { path: string }) => path)
  }

  assert.deepEqual(await problemsOf({ schedule: { cron: 'at noon', zone: 'UTC' } }), ['spec.schedule.cron'])
  assert.deepEqual(await problemsOf({ schedule: { cron: '30 12 * * *', zone: 'Mars/Olympus' } }), [
    'spec.schedule.zone',
  ])
  assert.deepEqual(await problemsOf({ from: { account: 'main', advertisers: ['shop'] } }), ['spec.from.advertisers[0]'])
  assert.deepEqual(await problemsOf({ to: { warehouse: 'nowhere' } }), ['spec.to.warehouse'])
})

test('a sync whose account has no token says so everywhere', async (t) => {
  const { ask } = await aSyncedRoad(t)

  await ask('POST', '/accounts/main/disconnect', {})
  const { body: sync } = await ask('GET', '/resources/sync/ads')
  const { body: account } = await ask('GET', '/resources/account/main')
  const { body: home } = await ask('GET', '/home')

  assert.equal(sync.state.because, 'Account "main" is not connected; sign in at TikTok')
  assert.equal(account.state.health, 'action_required')
  assert.deepEqual([home.health, home.because], ['action_required', sync.state.because])
  assert.deepEqual(
    home.problems.map(({ kind, link }: { kind: string; link: string }) => [kind, link]),
    [['account_paused', '/accounts/main']],
  )
})

const wordsOf = ({ body }: Answered): string[] =>
  body.streams.filter(({ isOn }: { isOn: boolean }) => isOn).map(({ state }: { state: string }) => state)

const startedAt = Date.now()

// The budget of calls needs a clock that moves; it moves from the simulator's moment on.
const now = (): number => NOW + Date.now() - startedAt

interface Road extends TestServer {
  /** Signs in for these advertisers, as a person in a browser does; gives how it went. */
  signIn(advertisers: readonly string[]): Promise<Answered>
  /** Does the run that waits. */
  work(): Promise<void>
}

/** A server beside a local TikTok. */
async function aRoad(t: TestContext): Promise<Road> {
  const tiktok = await aSimulator(t)
  const server = await aServer(t, { fetch, now })
  return { ...server, signIn: (advertisers) => signIn(server, tiktok, advertisers), work: () => work(server) }
}

/** The same after a first run. */
async function aSyncedRoad(t: TestContext): Promise<Road> {
  const road = await aRoad(t)
  await road.signIn([SHOP])
  await road.ask('PUT', '/resources/warehouse/main', { spec: { type: 'duckdb', path: 'main.duckdb' } })
  await road.ask('PUT', '/resources/sync/ads', { spec: SYNC })
  await road.ask('POST', '/runs', { sync: 'ads', kind: 'manual' })
  await road.work()
  return road
}

async function signIn({ ask }: TestServer, tiktok: TestSimulator, advertisers: readonly string[]): Promise<Answered> {
  const begun = await ask('POST', '/oauth/start', { name: 'main', apiUrl: `${tiktok.url}/open_api/v1.3`, ...APP })
  const consent = new URL(begun.body.url)
  const form = new URLSearchParams([
    ...consent.searchParams,
    ...advertisers.map((id) => ['advertiser_id', id]),
    ['decision', 'allow'],
  ] as [string, string][])
  const allowed = await fetch(`${consent.origin}${consent.pathname}`, {
    method: 'POST',
    body: form,
    redirect: 'manual',
  })
  const back = new URL(allowed.headers.get('location')!)
  const cookie = String(begun.headers['set-cookie']).split(';')[0]!
  const ended = await ask('GET', `${back.pathname.replace('/api/v1', '')}${back.search}`, undefined, {
    headers: { cookie },
  })
  return ask('GET', `/oauth/results/${String(ended.headers['location']).split('sign_in=')[1]}`)
}

async function work({ store, folder }: TestServer): Promise<void> {
  const outside = streamSyncOutside(readConfig({ BACKBEAT_DATA: folder }), {
    fetch,
    now,
    random: () => 0.5,
    wait,
  })
  const runWork = openRunWork(store.state)
  const claim = await runWork.claim('test', now())
  assert.ok(claim, 'a run waits')
  await executeRun(claim, {
    ...store,
    work: runWork,
    openSync: (name) => openStreamSync(store, name, outside),
    now,
    wait,
    log: (_level, message, more) => console.error(message, more),
    stopped: new AbortController().signal,
  })
}
