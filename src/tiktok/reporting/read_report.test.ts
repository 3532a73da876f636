import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expectedRows, type FakeReports, fakeReports, someAds, someDays } from '../../../test/fake_reports.ts'
import type { FakeCall } from '../../../test/fake_tiktok.ts'
import { CallError, RefusedError, TransientError } from '../../core/errors.ts'
import type { DayRange, ReadNote } from '../../core/stream.ts'
import type { ReportRow } from '../endpoints/report_integrated_get.ts'
import { keyOf, type ReportQuestion } from './question.ts'
import { readReport } from './read_report.ts'

const ADVERTISER = '7000000000000000001'

const aQuestion = (changes: Partial<ReportQuestion> = {}): ReportQuestion => ({
  report_type: 'BASIC',
  level: 'ad',
  dimensions: ['ad_id', 'stat_time_day'],
  metrics: ['campaign_id', 'spend', 'impressions'],
  filtering: [],
  isLifetime: false,
  ...changes,
})

/** Rows of a report, the last of equal ones. */
async function readAll(fake: FakeReports, question: ReportQuestion, days: DayRange | null): Promise<ReportRow[]> {
  const rows = new Map<string, ReportRow>()
  for await (const page of readReport({ reader: fake.reader, question, advertiserId: ADVERTISER }, days)) {
    for (const row of page.rows) rows.set(keyOf(question, row), row)
  }
  return [...rows.values()]
}

const LEVELS = {
  advertiser: 'AUCTION_ADVERTISER',
  campaign: 'AUCTION_CAMPAIGN',
  adgroup: 'AUCTION_ADGROUP',
  ad: 'AUCTION_AD',
}

const wanted = (question: ReportQuestion, { from, to }: DayRange, ads: Parameters<typeof expectedRows>[1]) =>
  expectedRows({ ...question, data_level: LEVELS[question.level], start_date: from, end_date: to, filtering: [] }, ads)

const sorted = (question: ReportQuestion, rows: readonly ReportRow[]) =>
  rows.toSorted((a, b) => keyOf(question, a).localeCompare(keyOf(question, b)))

function assertSame(question: ReportQuestion, actual: readonly ReportRow[], expected: readonly ReportRow[]): void {
  assert.deepEqual(sorted(question, actual), sorted(question, expected))
}

const notesOf = <Kind extends ReadNote['kind']>({ notes }: FakeReports, kind: Kind) =>
  notes.filter((note): note is Extract<ReadNote, { kind: Kind }> => note.kind === kind)

const callsTo = ({ calls }: FakeReports, path: string) => calls.filter((call) => call.path === `/report/${path}/`)

test('all pages of a report are read, a thousand rows each, deleted ads too', async () => {
  const ads = someAds(90).map((ad, i) => ({ ...ad, isDeleted: i % 7 === 0 }))
  const fake = fakeReports({ ads: () => ads })

  const rows = await readAll(fake, aQuestion(), someDays(30))

  assertSame(aQuestion(), rows, wanted(aQuestion(), someDays(30), ads))
  assert.equal(rows.length, 2700)
  const [first, second, third, topView, ...more] = callsTo(fake, 'integrated/get')
  assert.deepEqual(
    [first, second, third].map((call) => call!.params['page']),
    [1, 2, 3],
  )
  assert.deepEqual(more, [])
  assert.deepEqual(first!.params['filtering'], [
    { field_name: 'ad_status', filter_type: 'IN', filter_value: '["STATUS_ALL"]' },
  ])
  assert.equal(topView!.params['page_size'], 1)
  assert.deepEqual(new Set(fake.notes.map(({ kind }) => kind)), new Set(['call', 'waited']))
})

test('TopView ads are read by themselves, and asked for once in a run', async () => {
  const ads = someAds(6).map((ad, i) => ({ ...ad, isTopView: i === 2 }))
  const fake = fakeReports({ ads: () => ads })
  const none = fakeReports({ ads: () => someAds(6) })

  const rows = await readAll(fake, aQuestion(), someDays(2))
  await readAll(fake, aQuestion(), someDays(2))
  await readAll(none, aQuestion(), someDays(2))
  await readAll(none, aQuestion(), someDays(2))

  assert.equal(rows.length, 12)
  assert.equal(fake.calls.length, 5)
  assert.equal(none.calls.length, 3)
})

test('rows of an advertiser hold everything, so neither status nor buying type is asked for', async () => {
  const question = aQuestion({
    level: 'advertiser',
    dimensions: ['advertiser_id', 'stat_time_day'],
    metrics: ['spend'],
  })
  const fake = fakeReports({ ads: () => someAds(3) })

  const rows = await readAll(fake, question, someDays(4))

  assert.equal(rows.length, 4)
  assert.deepEqual(
    fake.calls.map(({ params }) => params['filtering']),
    [undefined],
  )
})

test('the whole life is asked for without days', async () => {
  const question = aQuestion({ dimensions: ['ad_id'], isLifetime: true })
  const fake = fakeReports({ ads: () => someAds(5) })

  assert.equal((await readAll(fake, question, null)).length, 5)
  const { start_date, query_lifetime } = fake.calls[0]!.params
  assert.deepEqual([start_date, query_lifetime], [undefined, 'true'])
})

test('more than a hundred metrics are asked for in parts, and joined', async () => {
  const metrics = Array.from({ length: 230 }, (_, i) => `metric_${i}`)
  const question = aQuestion({ metrics })
  const ads = someAds(60)
  const fake = fakeReports({ ads: () => ads })

  const rows = await readAll(fake, question, someDays(20))

  assertSame(question, rows, wanted(question, someDays(20), ads))
  assert.equal(Object.keys(rows[0]!.metrics).length, 230)
  assert.ok(callsTo(fake, 'integrated/get').every(({ params }) => (params['metrics'] as string[]).length <= 100))
})

test('rows that would fill the memory until they are joined are read in fewer days at a time', async () => {
  const metrics = Array.from({ length: 1_000 }, (_, i) => `m${i}`)
  const ads = someAds(220)
  const fake = fakeReports({ ads: () => ads, hasRow: (_id, [first]) => first === 'm0' })

  const rows = await readAll(fake, aQuestion({ metrics }), someDays(10))

  assert.equal(rows.length, 2_200)
  const spans = callsTo(fake, 'integrated/get').map(({ params }) => `${params['start_date']} ${params['end_date']}`)
  assert.deepEqual([...new Set(spans)].slice(0, 3), [
    '2026-03-21 2026-03-30',
    '2026-03-26 2026-03-30',
    '2026-03-21 2026-03-25',
  ])
})

test('a row that stands in some of several parts only is given all the same', async () => {
  const [first, ...others] = someAds(5)
  const hasRow = (id: string, metrics: readonly string[]) => id !== first!.ad_id || metrics.includes('metric_0')
  const fake = fakeReports({ ads: () => [first!, ...others], hasRow })
  const question = aQuestion({ metrics: Array.from({ length: 150 }, (_, i) => `metric_${i}`) })

  const rows = await readAll(fake, question, someDays(1))

  const widths = rows.map(({ metrics }) => Object.keys(metrics).length)
  assert.deepEqual(widths.toSorted(), [100, 150, 150, 150, 150])
})

test('rows that move between pages are noticed, and everything is read again', async () => {
  const older = someAds(80)
  const newer = [
    { ad_id: '1839999999999999999', adgroup_id: '1829999999999999999', campaign_id: '1819999999999999999' },
    ...older,
  ]
  const fake: FakeReports = fakeReports({ ads: () => (fake.calls.length > 2 ? newer : older) })

  const rows = await readAll(fake, aQuestion(), someDays(30))

  assertSame(aQuestion(), rows, wanted(aQuestion(), someDays(30), newer))
  assert.equal(notesOf(fake, 'shifted').length, 1)
})

test('a row that takes the place of another, so that as many come as there are, is noticed too', async () => {
  const older = someAds(80)
  // One ad comes at the front and one goes at the end: the number stays, and a row slips through.
  const newer = [{ ...older[0]!, ad_id: '1839999999999999999' }, ...older.slice(0, -1)]
  const fake: FakeReports = fakeReports({ ads: () => (fake.calls.length > 2 ? newer : older) })

  const rows = await readAll(fake, aQuestion(), someDays(30))

  const keys = new Set(rows.map((row) => keyOf(aQuestion(), row)))
  for (const row of wanted(aQuestion(), someDays(30), newer)) assert.ok(keys.has(keyOf(aQuestion(), row)))
  assert.equal(notesOf(fake, 'shifted').length, 1)
})

test('a report that never stands still is given up, since what is missing would be removed', async () => {
  const ads = someAds(200)
  const fake: FakeReports = fakeReports({ ads: () => ads.slice(Math.max(0, 150 - fake.calls.length)) })
  const growing = readAll(fake, aQuestion({ metrics: ['spend'] }), someDays(30))

  await assert.rejects(growing, (error) => error instanceof TransientError && error.code === 'tiktok.rows_moved')
  assert.equal(notesOf(fake, 'shifted').length, 2)
})

test('a report that TikTok gives with some rows twice, time after time, is taken as it is', async () => {
  const ads = someAds(40)
  const fake = fakeReports({ ads: () => ads })
  const question = aQuestion({ dimensions: ['ad_id', 'interest_category_v2'] })
  // The answer tells rows apart by something that is not asked for.
  const asked = { ...question, dimensions: ['ad_id'] }
  const reading = { reader: blind(fake), question: asked, advertiserId: ADVERTISER }

  const pages = []
  for await (const page of readReport(reading, someDays(1))) pages.push(page)

  assert.equal(pages.length, 2)
  assert.equal(notesOf(fake, 'shifted').length, 1)
})

/** A reader that asks for interests too, which the reading does not know of. */
const blind = ({ reader }: FakeReports): FakeReports['reader'] => ({
  ...reader,
  call: (endpoint, params) =>
    reader.call(endpoint, {
      ...params,
      ...('dimensions' in params &&
        String(params.dimensions) === 'ad_id' && { dimensions: ['ad_id', 'interest_category_v2'] }),
    }),
})

test('metrics that TikTok names as refused are dropped, exactly those, for the rest of the run', async () => {
  const bad = ['voucher_spend', 'cash_spend']
  const refuse = (metrics: readonly string[]) => {
    const found = metrics.filter((name) => bad.includes(name))
    if (found.length === 0) return null
    const list = found.map((name) => `'${name}'`).join(', ')
    return `Please correct the information in invalid metric fields and try again. Invalid metric fields: [${list}]. `
  }
  const fake = fakeReports({ ads: () => someAds(3), refuse })
  const question = aQuestion({ metrics: ['spend', 'cash_spend', 'clicks', 'voucher_spend'] })

  const rows = await readAll(fake, question, someDays(2))
  const before = fake.calls.length
  await readAll(fake, question, someDays(2))

  assert.deepEqual(Object.keys(rows[0]!.metrics), ['spend', 'clicks'])
  assert.deepEqual(
    notesOf(fake, 'metrics_dropped').map(({ metrics }) => metrics),
    [
      ['cash_spend', 'voucher_spend'],
      ['cash_spend', 'voucher_spend'],
    ],
    'each reading says what it lacks',
  )
  assert.equal(fake.calls.length - before, 1)
})

test('a list of refused metrics that is cut within a name drops no other metric', async () => {
  const bad = Array.from({ length: 60 }, (_, i) => `refused_${i}`)
  const refuse = (metrics: readonly string[]) => {
    const found = metrics.filter((name) => bad.includes(name))
    return found.length === 0 ? null : `Invalid metric fields: [${found.map((name) => `'${name}'`).join(', ')}]`
  }
  const fake = fakeReports({ ads: () => someAds(3), refuse })
  const kept = ['refused', 'refused_', 'spend']

  const rows = await readAll(fake, aQuestion({ metrics: [...bad, ...kept] }), someDays(1))

  assert.deepEqual(Object.keys(rows[0]!.metrics), kept)
})

test('metrics that TikTok refuses without naming them are found by halving', async () => {
  const bad = ['metric_3', 'metric_17', 'metric_60']
  const refuse = (metrics: readonly string[]) =>
    metrics.some((name) => bad.includes(name))
      ? 'Conflict occurs. The input params including metrics and dimensions have no relation.'
      : null
  const fake = fakeReports({ ads: () => someAds(3), refuse })
  const question = aQuestion({ metrics: Array.from({ length: 64 }, (_, i) => `metric_${i}`) })

  const rows = await readAll(fake, question, someDays(1))

  assert.deepEqual(
    notesOf(fake, 'metrics_dropped').map(({ metrics }) => metrics),
    [bad],
  )
  assert.equal(Object.keys(rows[0]!.metrics).length, 61)
  assert.ok(fake.calls.length <= 2 * 3 * 6 + 3, `${fake.calls.length} calls`)
})

test('a refusal that is about no metric, and one of all metrics, is thrown', async () => {
  const other = fakeReports({ ads: () => [], refuse: () => 'advertiser_id: Not a valid id' })
  const all = fakeReports({ ads: () => [], refuse: (metrics) => `Invalid metric fields: ['${metrics.join("', '")}']` })

  for (const fake of [other, all]) {
    await assert.rejects(readAll(fake, aQuestion(), someDays(1)), (error) => error instanceof RefusedError)
  }
})

test('a status filter that TikTok does not take is left out', async () => {
  const fake = fakeReports({
    ads: () => someAds(3),
    refuse: (_metrics, { params }) =>
      JSON.stringify(params['filtering'] ?? []).includes('ad_status')
        ? 'Invalid value for filter field: ad_status is not supported. '
        : null,
  })

  const rows = await readAll(fake, aQuestion(), someDays(2))

  assert.equal(rows.length, 6)
  assert.equal(notesOf(fake, 'retried').length, 1)
})

test('what takes too long is asked for in half as many days, never again as it was', async () => {
  const daysOf = (params: Readonly<Record<string, unknown>>) =>
    (Date.parse(String(params['end_date'])) - Date.parse(String(params['start_date']))) / 86_400_000 + 1
  const ads = someAds(4)
  const fake = fakeReports({ ads: () => ads, isSlow: ({ params }) => daysOf(params) > 4 })

  const rows = await readAll(fake, aQuestion(), someDays(30))

  assertSame(aQuestion(), rows, wanted(aQuestion(), someDays(30), ads))
  assert.deepEqual(fake.sins, [])
})

test('a query that is too large is treated as one that takes too long', async () => {
  const fake = fakeReports({ ads: () => someAds(4) })
  const { reader } = fake
  const picky: FakeReports['reader'] = {
    ...reader,
    call: (endpoint, params) => {
      if ('start_date' in params && 'end_date' in params && params.start_date !== params.end_date) {
        const receipt = {
          method: 'GET',
          url: '',
          sentAt: 0,
          durationMs: 0,
          status: 200,
          code: 40_067,
          message: 'Too large',
          requestId: null,
          items: 0,
        }
        throw new RefusedError('tiktok.refused', 'Too large', { receipt })
      }
      return reader.call(endpoint, params)
    },
  }

  const rows = await readAll({ ...fake, reader: picky }, aQuestion(), someDays(5))

  assert.equal(rows.length, 20)
})

test('a single day that takes too long is asked for by campaigns, fewer and fewer', async () => {
  const ads = someAds(400)
  const campaignsOf = (params: Readonly<Record<string, unknown>>) =>
    [...JSON.stringify(params['filtering'] ?? []).matchAll(/18\d{17}/g)].length
  const fake = fakeReports({
    ads: () => ads,
    isSlow: ({ params }) =>
      params['data_level'] === 'AUCTION_AD' && (campaignsOf(params) === 0 || campaignsOf(params) > 8),
  })

  const rows = await readAll(fake, aQuestion(), someDays(1))

  assertSame(aQuestion(), rows, wanted(aQuestion(), someDays(1), ads))
  assert.deepEqual(fake.sins, [])
})

test('a report that TikTok cuts at the newest ids is read by campaigns, deleted ones too, and the run says so', async () => {
  const ads = someAds(300).map((ad, i) => ({ ...ad, isDeleted: i % 5 === 0 }))
  const fake = fakeReports({ ads: () => ads, idsMax: 120 })

  const rows = await readAll(fake, aQuestion(), someDays(3))

  assertSame(aQuestion(), rows, wanted(aQuestion(), someDays(3), ads))
  assert.match(notesOf(fake, 'truncated')[0]!.message, /more than 20k/)
})

test('a campaign that is cut by itself is ordered as a file, which is waited for with patience', async () => {
  const ads = someAds(50, 1000)
  const fake = fakeReports({ ads: () => ads, idsMax: 20, tasks: [['QUEUING', 'PROCESSING', 'PROCESSING', 'SUCCESS']] })
  const question = aQuestion({ metrics: ['ad_name', 'spend', 'result'] })

  const rows = await readAll(fake, question, someDays(3))

  assertSame(question, rows, wanted(question, someDays(3), ads))
  const { params } = callsTo(fake, 'task/create')[0]!
  assert.equal(params['enable_report_title_translation'], false)
  assert.deepEqual(
    (params['filtering'] as { field_name: string }[]).map(({ field_name }) => field_name),
    ['campaign_ids'],
  )
  const waits = notesOf(fake, 'waited').filter(({ because }) => because.includes('file'))
  assert.deepEqual(
    waits.map(({ waitedMs }) => waitedMs),
    [5_000, 7_500, 11_250],
  )
})

test('a file does not hold some figures; they are told, and asked for again by the next slice', async () => {
  const ads = someAds(30)
  const question = aQuestion({
    report_type: 'AUDIENCE',
    level: 'campaign',
    dimensions: ['campaign_id', 'age', 'stat_time_day'],
    metrics: ['spend', 'result'],
  })
  let isCut = true
  const fake = fakeReports({ ads: () => (isCut ? ads : ads.slice(0, 4)), idsMax: 5 })

  const cut = await readAll(fake, question, someDays(1))
  isCut = false
  const whole = await readAll(fake, question, someDays(1))

  assert.deepEqual(Object.keys(cut[0]!.metrics), ['spend'])
  assert.deepEqual(Object.keys(whole[0]!.metrics), ['spend', 'result'])
  assert.deepEqual(
    notesOf(fake, 'metrics_dropped').map(({ metrics }) => metrics),
    [['result']],
  )
})

test('a file that does not come is ordered once more, and then no more', async () => {
  const slow = () => true
  const onlyTasks = ({ path, params }: FakeCall) => !path.includes('task') && params['data_level'] === 'AUCTION_AD'
  const second = fakeReports({
    ads: () => someAds(4),
    isSlow: onlyTasks,
    tasks: [['FAILED'], ['PROCESSING', 'SUCCESS']],
  })
  const never = fakeReports({ ads: () => someAds(4), isSlow: onlyTasks, tasks: [['PROCESSING']] })
  const down = fakeReports({ ads: () => someAds(4), isSlow: slow })

  assert.equal((await readAll(second, aQuestion(), someDays(1))).length, 4)
  await assert.rejects(readAll(never, aQuestion(), someDays(1)), (error) => {
    return (
      error instanceof TransientError &&
      error.code === 'tiktok.task_failed' &&
      /still PROCESSING after 45/.test(error.message)
    )
  })
  assert.equal(callsTo(never, 'task/create').length, 2)
  await assert.rejects(readAll(down, aQuestion(), someDays(30)), (error) => error instanceof CallError)
  assert.ok(callsTo(down, 'integrated/get').length <= 8, 'an outage is not asked for day by day')
  assert.deepEqual(second.sins, [])
})

test('by country there is no file, so a report that cannot be asked for in smaller parts is refused', async () => {
  const fake = fakeReports({ ads: () => someAds(50, 1000), idsMax: 20 })
  const question = aQuestion({ dimensions: ['ad_id', 'country_code', 'stat_time_day'] })

  await assert.rejects(readAll(fake, question, someDays(1)), (error) => {
    return error instanceof RefusedError && error.code === 'tiktok.truncated'
  })
})

test('reading ends when the run is stopped', async () => {
  const fake: FakeReports = fakeReports({
    ads: () => {
      if (fake.calls.length === 2) fake.stop.abort(new Error('Stopped'))
      return someAds(90)
    },
  })

  await assert.rejects(readAll(fake, aQuestion(), someDays(30)), /Stopped/)
})

test('a field that nobody asked for is told once', async () => {
  const fake = fakeReports({ ads: () => someAds(3) })
  const { reader } = fake
  const generous: FakeReports['reader'] = {
    ...reader,
    call: async (endpoint, params) => {
      const answer = await reader.call(endpoint, params)
      for (const row of (answer.data as { rows?: { metrics: Record<string, string> }[] }).rows ?? [])
        row.metrics['novelty'] = '7'
      return answer
    },
  }

  await readAll({ ...fake, reader: generous }, aQuestion(), someDays(2))

  assert.deepEqual(notesOf(fake, 'unknown_field'), [{ kind: 'unknown_field', field: 'novelty', sample: '7' }])
})
