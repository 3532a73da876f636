import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Column } from '../../core/table.ts'
import { knownStreams } from '../../known_streams.ts'
import type { NewSchemaChange } from '../../store/schema_changes.ts'
import { aServer, type TestServer } from '../testing.ts'

const NOW = Date.UTC(2026, 10, 21, 12)
const DAILY = knownStreams([]).find(({ table }) => table.name === 'ad_report_daily')!.table
const SPEND: Column = DAILY.columns.find(({ name }) => name === 'spend')!

const aChange = (more: Partial<NewSchemaChange>): NewSchemaChange => ({
  sync: 'ads',
  table: DAILY.name,
  change: { kind: 'add_column', table: DAILY, column: SPEND },
  policy: 'review',
  byPolicy: 'ask',
  ddl: ['alter table x add spend'],
  samples: ['1.50'],
  detectedAt: NOW,
  ...more,
})

const RETYPE = aChange({
  change: {
    kind: 'retype_column',
    table: DAILY,
    column: SPEND,
    from: { name: 'spend', type: 'text', nativeType: 'VARCHAR' },
  },
})
const KEY = aChange({ change: { kind: 'change_key', table: DAILY, from: ['ad_id'] }, byPolicy: 'pause' })
const APPLIED = aChange({ change: { kind: 'create_table', table: DAILY }, policy: 'propagate_all', byPolicy: 'apply' })

test('changes are listed with how bad they are, whom they concern, and what a policy has settled', async (t) => {
  const { ask } = await aPlace(t)
  await ask('PUT', '/resources/report/costs', {
    spec: { type: 'basic', data_level: 'ad', aggregation: 'day', metrics: ['spend'] },
  })
  await ask('PUT', '/resources/report/views', {
    spec: { type: 'basic', data_level: 'ad', aggregation: 'day', metrics: ['impressions'] },
  })

  const { body: all } = await ask('GET', '/schema-changes?sync=ads')
  const { body: open } = await ask('GET', '/schema-changes?open=true')
  const { body: other } = await ask('GET', '/schema-changes?sync=other')

  const seen = (
    rows: readonly {
      change: { kind: string }
      severity: string
      decision: string | null
      decidedBy: string | null
      affectedReports: string[]
    }[],
  ) =>
    rows
      .map(({ change, severity, decision, decidedBy, affectedReports }) => [
        change.kind,
        severity,
        decision,
        decidedBy,
        affectedReports,
      ])
      .sort()
  assert.deepEqual(seen(all.changes), [
    ['add_column', 'safe', null, null, ['costs']],
    ['change_key', 'breaking', null, null, []],
    ['create_table', 'safe', 'accept', 'policy', []],
    ['retype_column', 'review', null, null, ['costs']],
  ])
  assert.deepEqual(open.changes.map(({ change }: { change: { kind: string } }) => change.kind).sort(), [
    'add_column',
    'change_key',
    'retype_column',
  ])
  assert.deepEqual(open.changes[0].ddl, ['alter table x add spend'])
  assert.deepEqual(other.changes, [])
})

test('a decision is kept with who took it, and no longer waits', async (t) => {
  const { ask, store } = await aPlace(t)
  const { body: open } = await ask('GET', '/schema-changes?open=true')
  const { id } = open.changes.find(({ change }: { change: { kind: string } }) => change.kind === 'add_column')

  const decided = await ask('POST', `/schema-changes/${id}`, { decision: 'accept' })
  const left = await ask('GET', '/schema-changes?open=true')

  assert.deepEqual([decided.body.decision, decided.body.decidedBy, decided.body.decidedAt], ['accept', 'api', NOW])
  assert.equal(left.body.changes.length, open.changes.length - 1)
  assert.deepEqual(
    (await store.audit.list({ limit: 1 })).map(({ what, subject, detail }) => [what, subject, detail]),
    [['schema_change.decide', 'sync/ads', 'accept add_column of ad_report_daily']],
  )
  assert.equal((await ask('POST', `/schema-changes/${id}`, { decision: 'maybe' })).status, 400)
  assert.equal((await ask('POST', '/schema-changes/nothing', { decision: 'accept' })).status, 404)
})

test('what waits for a person stands at home', async (t) => {
  const { ask } = await aPlace(t)

  const { body } = await ask('GET', '/home')

  assert.deepEqual(body.problems, [
    {
      kind: 'schema_change',
      title: '3 schema changes wait in ads',
      detail: 'Tables concerned: ad_report_daily',
      count: 3,
      since: NOW,
      link: '/schema-changes?sync=ads',
    },
  ])
})

test('restatements are narrowed by table, column and day', async (t) => {
  const { ask, store } = await aPlace(t)
  const row = {
    sync: 'ads',
    run: 'r1',
    at: NOW,
    table: DAILY.name,
    advertiserId: '7',
    day: '2026-11-19',
    column: 'spend',
    before: '1.00',
    after: '1.50',
    rows: 1,
  }
  const rows = [row, { ...row, day: '2026-11-20' }, { ...row, column: 'clicks' }, { ...row, sync: 'other' }]
  for (const { table, advertiserId, column, ...rest } of rows) {
    await store.state.db
      .insertInto('restatements')
      .values({ ...rest, table_name: table, advertiser_id: advertiserId, column_name: column })
      .execute()
  }
  const list = async (query: string) => (await ask('GET', `/restatements?${query}`)).body.restatements

  assert.equal((await list('')).length, 4)
  assert.deepEqual(await list('sync=ads&table=ad_report_daily&column=spend&to=2026-11-19'), [row])
  assert.deepEqual(await list('sync=ads&from=2026-11-20'), [{ ...row, day: '2026-11-20' }])
  assert.equal((await list('limit=1')).length, 1)
  assert.equal((await ask('GET', '/restatements?from=yesterday')).status, 400)
})

async function aPlace(t: TestContext): Promise<TestServer> {
  const server = await aServer(t, { now: () => NOW })
  await server.store.schemaChanges.record([aChange({}), RETYPE, KEY, APPLIED])
  return server
}
