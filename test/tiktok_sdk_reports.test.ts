import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { startSimulator } from '../src/simulator/server.ts'
import { sdkAgainst } from './tiktok_sdk.ts'

/** TikTok's own JavaScript SDK, as it is on npm, reads reports of the local TikTok. */

const NOW = Date.parse('2026-11-21T12:00:00Z')
const TOKEN = 'simulator-token'
const ADVERTISER = '7000000000000000001'

const REPORT = {
  advertiser_id: ADVERTISER,
  data_level: 'AUCTION_CAMPAIGN',
  dimensions: ['campaign_id', 'stat_time_day'],
  metrics: ['campaign_name', 'spend', 'impressions', 'conversion'],
  start_date: '2026-10-23',
  end_date: '2026-11-18',
}

interface Row {
  readonly dimensions: Readonly<Record<string, string>>
  readonly metrics: Readonly<Record<string, string>>
}

async function theSdk(t: TestContext) {
  let now = NOW
  const { url, close } = await startSimulator({ port: 0, now: () => now })
  t.after(close)
  const { api, ask } = await sdkAgainst(url)
  const later = (ms: number) => {
    now += ms
  }
  return { api: api.ReportingApi, ask, later }
}

const REPORT_ARGS = { ...REPORT, page_size: 1000 }

test("TikTok's own SDK reads a report: all pages, filtered, in order, with totals", async (t) => {
  const { api, ask } = await theSdk(t)
  const read = async (opts: object) =>
    (await ask((done) => api.reportIntegratedGet('BASIC', TOKEN, { ...REPORT_ARGS, ...opts }, done))).data

  const whole = await read({ enable_total_metrics: true })
  const pages = [await read({ page: 1, page_size: 100 }), await read({ page: 2, page_size: 100 })]
  const rows: readonly Row[] = whole.list
  const id = rows[0]!.dimensions['campaign_id']
  const filtering = [{ field_name: 'campaign_ids', filter_type: 'IN', filter_value: JSON.stringify([id]) }]
  const own: readonly Row[] = (await read({ filtering, order_field: 'spend', order_type: 'ASC' })).list

  assert.ok(rows.length > 200)
  assert.equal(whole.page_info.total_number, rows.length)
  assert.deepEqual([...pages[0].list, ...pages[1].list], rows.slice(0, 200))
  assert.ok(own.length > 0 && own.every(({ dimensions }) => dimensions['campaign_id'] === id))
  const spends = own.map(({ metrics }) => Number(metrics['spend']))
  assert.deepEqual(
    spends,
    spends.toSorted((a, b) => a - b),
  )
  const cents = rows.reduce((sum, { metrics }) => sum + Math.round(Number(metrics['spend']) * 100), 0)
  assert.equal(whole.total_metrics.spend, (cents / 100).toFixed(2))
})

test("TikTok's own SDK is told which metrics are refused", async (t) => {
  const { api, ask } = await theSdk(t)
  const opts = { ...REPORT_ARGS, metrics: ['spend', 'mood'] }

  await assert.rejects(
    ask((done) => api.reportIntegratedGet('BASIC', TOKEN, opts, done)),
    /Invalid metric fields: \['mood'\]\. {2}code: 40002$/,
  )
})

test("TikTok's own SDK creates, checks and cancels a report task", async (t) => {
  const { api, ask, later } = await theSdk(t)
  const body = { report_type: 'BASIC', ...REPORT }
  const create = async (): Promise<string> =>
    (await ask((done) => api.reportTaskCreate(TOKEN, { body }, done))).data.task_id
  const statusOf = async (task_id: string) =>
    (await ask((done) => api.reportTaskCheck(task_id, ADVERTISER, TOKEN, done))).data.status

  const first = await create()
  await assert.rejects(create(), /App reaches the QPS limit 1/)
  later(2000)
  const second = await create()
  const cancelling = { body: { task_id: second, advertiser_id: ADVERTISER } }
  const cancelled = await ask((done) => api.reportTaskCancel(TOKEN, cancelling, done))
  later(30_000)

  assert.deepEqual(cancelled.data, { status: 'CANCELED' })
  assert.deepEqual([await statusOf(first), await statusOf(second)], ['SUCCESS', 'CANCELED'])
})
