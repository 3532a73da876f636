import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aSimulator, type Parsed, type TestSimulator } from '../testing.ts'
import { aFilter, allRows, aReport, atLevel, NEW_YORK } from './testing.ts'
import { workbookOf } from './workbook.ts'

const TASK = '/open_api/v1.3/report/task'
const PLAIN = { enable_report_title_translation: false }

const DAYS = {
  ...atLevel('campaign', 'stat_time_day'),
  end_date: '2026-11-18',
  metrics: ['spend', 'impressions', 'clicks'],
}
const { page_size, ...A_TASK } = aReport({ ...DAYS, ...PLAIN })

const create = async (tiktok: TestSimulator, changes: object = {}): Promise<Parsed> =>
  tiktok.post(`${TASK}/create/`, { ...A_TASK, ...changes })

const ask = (tiktok: TestSimulator, verb: string, task_id: string, token?: string): Promise<Parsed> =>
  tiktok.read(`/report/task/${verb}/`, { task_id, advertiser_id: NEW_YORK }, token)

const later = (tiktok: TestSimulator, seconds: number) =>
  tiktok.control('POST', 'clock', { advance_ms: seconds * 1000 })

async function csvOf(tiktok: TestSimulator, task_id: string): Promise<string> {
  const args = new URLSearchParams({ task_id, advertiser_id: NEW_YORK })
  const headers = { 'access-token': 'simulator-token' }
  return (await fetch(`${tiktok.url}${TASK}/download/?${args}`, { headers })).text()
}

test('a task waits, works and is done, and its CSV holds the rows of the report', async (t) => {
  const tiktok = await aSimulator(t)
  const { data }: Parsed = await create(tiktok)
  const statuses: string[] = []
  for (const seconds of [0, 6, 10, 10]) {
    await later(tiktok, seconds)
    statuses.push((await ask(tiktok, 'check', data.task_id)).data.status)
  }

  const csv = await csvOf(tiktok, data.task_id)

  assert.match(data.task_id, /^\d{19}$/)
  assert.deepEqual(statuses, ['QUEUING', 'PROCESSING', 'PROCESSING', 'SUCCESS'])
  const rows = await allRows(tiktok, aReport(DAYS))
  const lines = rows.map(({ dimensions, metrics }) => [...Object.values(dimensions), ...Object.values(metrics)].join())
  assert.equal(csv, `${['campaign_id,stat_time_day,spend,impressions,clicks', ...lines].join('\n')}\n`)
})

test('headings are put into words unless that is switched off, and countries are written out', async (t) => {
  const tiktok = await aSimulator(t)
  const { data }: Parsed = await create(tiktok, {
    ...atLevel('campaign', 'country_code'),
    metrics: ['campaign_name', 'spend'],
    enable_report_title_translation: undefined,
  })
  await later(tiktok, 30)

  const [heading, ...lines] = (await csvOf(tiktok, data.task_id)).split('\n')

  assert.equal(heading, 'Campaign ID,Country/Region,Campaign name,Cost')
  assert.ok(lines.some((line) => line.includes(',United States,')))
})

test('a file is linked to for an hour, as CSV or as a workbook', async (t) => {
  const tiktok = await aSimulator(t, { settings: { report_tasks_per_second: 'none' } })
  const tasks = [
    await create(tiktok, { output_format: 'CSV_DOWNLOAD', file_name: 'spend of autumn' }),
    await create(tiktok, { output_format: 'XLSX_DOWNLOAD' }),
  ]
  await later(tiktok, 30)
  const [csv, workbook] = [
    await ask(tiktok, 'download', tasks[0].data.task_id),
    await ask(tiktok, 'download', tasks[1].data.task_id),
  ]

  const text = await (await fetch(csv.data.download_url)).text()
  const bytes = Buffer.from(await (await fetch(workbook.data.download_url)).arrayBuffer())
  await later(tiktok, 3700)
  const gone: Parsed = await (await fetch(csv.data.download_url)).json()

  assert.deepEqual([csv.data.file_name, csv.data.output_format], ['spend of autumn.csv', 'CSV_DOWNLOAD'])
  assert.match(text, /^campaign_id,stat_time_day,spend/)
  assert.equal(bytes.subarray(0, 2).toString(), 'PK')
  assert.ok(bytes.includes('<t xml:space="preserve">campaign_id</t>'))
  assert.equal(gone.code, 40400)
})

test('a workbook escapes what XML cannot hold', () => {
  const bytes = workbookOf([['a < b & "c"', 'bell\u0007', 'zwei\nZeilen']])

  assert.ok(bytes.includes('a &lt; b &amp; "c"'))
  assert.ok(bytes.includes('>bell<'))
  assert.ok(bytes.includes('zwei\nZeilen'))
})

test('a task is cancelled while it is not done, and asked for by nobody but who created it', async (t) => {
  const tiktok = await aSimulator(t, {
    world: { tokens: { other: { advertisers: [NEW_YORK] } } },
    settings: { report_tasks_per_second: 'none' },
  })
  const [first, second] = [(await create(tiktok)).data.task_id, (await create(tiktok)).data.task_id]
  const cancel = (task_id: string): Promise<Parsed> =>
    tiktok.post(`${TASK}/cancel/`, { task_id, advertiser_id: NEW_YORK })

  const cancelled = await cancel(first)
  const foreign = await ask(tiktok, 'check', second, 'other')
  const early = await ask(tiktok, 'download', second)
  await later(tiktok, 30)
  const late = await cancel(second)

  assert.deepEqual(cancelled.data, { status: 'CANCELED' })
  assert.equal((await ask(tiktok, 'check', first)).data.status, 'CANCELED')
  assert.equal(foreign.code, 40002)
  assert.equal(early.code, 40201)
  assert.deepEqual([late.code, late.message], [40200, 'The task cannot be cancelled: its status is SUCCESS.'])
  await later(tiktok, 31 * 86_400)
  assert.equal((await ask(tiktok, 'check', second)).code, 40002)
})

test('a task fails when it is told to', async (t) => {
  const tiktok = await aSimulator(t, { settings: { report_task_outcome: 'failed', report_task_seconds: 4 } })
  const { data }: Parsed = await create(tiktok)
  await later(tiktok, 5)

  const checked = await ask(tiktok, 'check', data.task_id)

  assert.equal(checked.data.status, 'FAILED')
  assert.notEqual(checked.data.message, '')
  assert.equal((await ask(tiktok, 'download', data.task_id)).code, 40201)
})

test('an app creates one task a second, and so many a day', async (t) => {
  const tiktok = await aSimulator(t, { settings: { report_tasks_per_day: 2 } })

  const codes = []
  for (const seconds of [0, 0, 1, 1, 86_400]) {
    await later(tiktok, seconds)
    const { code, message } = await create(tiktok)
    codes.push(`${code} ${message}`)
  }

  assert.deepEqual(codes, [
    '0 OK',
    '40100 App reaches the QPS limit 1',
    '0 OK',
    '40100 Requests made too frequently. Please try again later.',
    '0 OK',
  ])
})

const REFUSED: Readonly<Record<string, readonly [changes: object, says: RegExp]>> = {
  'a report tasks do not make': [{ report_type: 'TT_SHOP' }, /report_type: must be one of BASIC, AUDIENCE, CATALOG/],
  'a page size that is text': [{ page_size: '10' }, /page_size: not a valid integer/],
  'a filter by status (R22)': [
    { filtering: [aFilter('campaign_status', ['STATUS_ALL'])] },
    /^Invalid value for filter field: campaign_status/,
  ],
  'people in audiences (R21)': [
    { report_type: 'AUDIENCE', ...atLevel('campaign', 'age'), metrics: ['result', 'spend'] },
    /\['result'\]/,
  ],
  'people in countries': [{ ...atLevel('campaign', 'country_code'), metrics: ['reach', 'spend'] }, /\['reach'\]/],
  'billed cost': [{ metrics: ['billed_cost'] }, /\['billed_cost'\]/],
  'a name with a slash': [{ file_name: 'a/b' }, /file_name: must be at most 255 characters/],
  'an unknown format': [{ output_format: 'PDF' }, /output_format: must be one of CSV_STRING/],
}

for (const [what, [changes, says]] of Object.entries(REFUSED)) {
  test(`a task is refused for ${what}`, async (t) => {
    const { code, message } = await create(await aSimulator(t), changes)

    assert.equal(code, 40002)
    assert.match(message, says)
  })
}

test('a task knows no limit of ads, and takes thousands of ids', async (t) => {
  const tiktok = await aSimulator(t, { settings: { report_ads_max: 5 } })
  const ids = Array.from({ length: 19_000 }, (_, nth) => `${nth}`)
  const listed: Parsed = await tiktok.read('/ad/get/', { advertiser_id: NEW_YORK, page_size: 40 })
  const own = listed.data.list.map(({ ad_id }: Parsed) => ad_id)
  const { data }: Parsed = await create(tiktok, {
    ...atLevel('ad'),
    query_lifetime: true,
    metrics: ['spend'],
    filtering: [aFilter('ad_ids', [...ids, ...own])],
  })
  await later(tiktok, 30)

  const lines = (await csvOf(tiktok, data.task_id)).trim().split('\n')

  assert.ok(lines.length > 20, `${lines.length}`)
})
