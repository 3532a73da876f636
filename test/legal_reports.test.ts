import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Advertiser, ReadNote } from '../src/core/stream.ts'
import { aSimulator, SHOP, TOKEN } from '../src/simulator/testing.ts'
import { customStream } from '../src/streams/custom_report.ts'
import { reportStreams } from '../src/streams/report_streams.ts'
import { createTikTok } from '../src/tiktok/client.ts'
import { createRateBudget } from '../src/tiktok/rate_budget.ts'
import { createReader, type Reader } from '../src/tiktok/reader.ts'
import { checkReport, type ReportDraft } from '../src/tiktok/reporting/check_report.ts'
import { reportChoices } from '../src/tiktok/reporting/choices.ts'
import { dimensions } from '../src/tiktok/reporting/dimensions.ts'
import { metrics } from '../src/tiktok/reporting/metrics.ts'
import type { ReportQuestion } from '../src/tiktok/reporting/question.ts'
import { readByTask } from '../src/tiktok/reporting/read_by_task.ts'
import { readReport } from '../src/tiktok/reporting/read_report.ts'
import { DATA_LEVELS } from '../src/tiktok/reporting/report_words.ts'

/** Reports against the local TikTok, which was written by other hands from the same sources. */

const ADVERTISER: Advertiser = { id: SHOP, name: 'Shop', currency: 'USD', timezone: 'America/New_York' }
const DAY = { from: '2026-11-10', to: '2026-11-10' }

async function aReader(t: TestContext): Promise<{ readonly reader: Reader; readonly notes: ReadNote[] }> {
  const simulator = await aSimulator(t)
  const tiktok = createTikTok({ accessToken: TOKEN, baseUrl: `${simulator.url}/open_api/v1.3` })
  const notes: ReadNote[] = []
  let now = 0
  const reader = createReader(tiktok, {
    budget: createRateBudget({ perSecond: 1_000_000, now: () => now }),
    onNote: (note) => notes.push(note),
    sleep: async (ms) => {
      now += ms
      await simulator.control('POST', 'clock', { advance_ms: ms })
    },
    random: () => 0.5,
    now: () => now,
    signal: new AbortController().signal,
  })
  return { reader, notes }
}

const BREAKDOWNS = [...dimensions.values()].filter(({ kind }) => kind === 'breakdown').map(({ name }) => name)
// The local TikTok does not know that two figures of SKAdNetwork may stand beside ad_type.
const UNKNOWN_THERE = ['skan_cost_per_conversion', 'skan_conversion_rate']
const FIGURES_MAX = 250

/** Every legal grouping, each with all the metrics that may stand in it, old names apart. */
function legalReports(): readonly ReportDraft[] {
  const groupings = (['basic', 'audience'] as const).flatMap((type) =>
    DATA_LEVELS.flatMap((data_level) =>
      (['day', 'lifetime'] as const).flatMap((aggregation) =>
        ['', 'ad_id_v2', ...BREAKDOWNS].map((name) => {
          const names = name === '' ? [] : name === 'match_type' ? ['search_keyword', name] : [name]
          return { type, data_level, aggregation, dimensions: names, metrics: [] }
        }),
      ),
    ),
  )
  return groupings.filter((draft) => checkReport(draft).length === 0).map(withMetrics)
}

function withMetrics(draft: ReportDraft): ReportDraft {
  const legal = reportChoices(draft)
    .metrics.filter(({ illegal }) => illegal === null)
    .map(({ name }) => name)
  const newest = legal.filter((name) => !legal.includes(metrics.get(name)!.newName ?? ''))
  const known = draft.dimensions.includes('ad_type') ? newest.filter((name) => !UNKNOWN_THERE.includes(name)) : newest
  return { ...draft, metrics: known.slice(0, FIGURES_MAX) }
}

test('a legal report never fails, and TikTok refuses none of its metrics', async (t) => {
  const { reader, notes } = await aReader(t)
  const reports = legalReports()
  assert.ok(reports.length > 150, `${reports.length}`)

  for (const report of reports) {
    assert.deepEqual(checkReport(report), [])
    const stream = customStream('report', { ...report, dimensions: [...report.dimensions] } as never)
    for await (const page of stream.open(reader).read(ADVERTISER, stream.slices(DAY)[0]!)) {
      assert.ok(page.rows.every((row) => row.length === stream.table.columns.length))
    }
    const words = `${report.type} ${report.data_level} ${report.aggregation} ${report.dimensions}`
    assert.deepEqual(
      notes.filter(({ kind }) => kind === 'metrics_dropped'),
      [],
      words,
    )
  }
})

test('levels and hours add up as they do at TikTok', async (t) => {
  const { reader } = await aReader(t)
  const spendOf = async (name: string) => {
    const stream = reportStreams.find(({ table }) => table.name === name)!
    const column = stream.table.columns.findIndex((one) => one.name === 'spend')
    const pages = await Array.fromAsync(stream.open(reader).read(ADVERTISER, { days: DAY }))
    return pages.flatMap(({ rows }) => rows).reduce((sum, row) => sum + Number(row[column]) * 100, 0)
  }

  const whole = Math.round(await spendOf('advertiser_report_daily'))

  assert.ok(whole > 0)
  for (const name of ['ad', 'adgroup', 'campaign']) {
    assert.ok(Math.abs((await spendOf(`${name}_report_daily`)) - whole) < 100, name)
    assert.ok(Math.abs((await spendOf(`${name}_report_hourly`)) - whole) < 100, name)
  }
})

test('a report as a file holds what the report at once holds', async (t) => {
  const { reader } = await aReader(t)
  const question: ReportQuestion = {
    report_type: 'BASIC',
    level: 'adgroup',
    dimensions: ['adgroup_id', 'stat_time_day'],
    metrics: ['campaign_id', 'adgroup_name', 'spend', 'impressions', 'conversion'],
    filtering: [],
    isLifetime: false,
  }
  const reading = { reader, question, advertiserId: SHOP }
  const days = { from: '2026-11-01', to: '2026-11-10' }

  const atOnce = (await Array.fromAsync(readReport(reading, days))).flatMap(({ rows }) => rows)
  const pages = await Array.fromAsync(readByTask(reading, { days, campaignIds: null, isTopView: false }))

  const file = new Map(pages.flatMap(({ rows }) => rows).map((row) => [JSON.stringify(row.dimensions), row.metrics]))
  const known = atOnce.filter(({ dimensions: one }) => file.has(JSON.stringify(one)))
  assert.ok(known.length > 0 && known.length === file.size)
  for (const row of known) assert.deepEqual(file.get(JSON.stringify(row.dimensions)), row.metrics)
})
