import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import type { Resource } from '../../src/server/contract.ts'
import type { RunList } from '../../src/server/contract_streams.ts'
import { type Backbeat, startBackbeat } from './backbeat.ts'
import { complaintsOf, hostsOf, inBrowser, picture } from './chromium.ts'
import { choose, goTo, openConsole } from './console_page.ts'
import { APP, CONNECTION, connect, fill } from './streams.ts'
import { until } from './until.ts'

test('the wizard leads from a sign-in at TikTok to rows in a warehouse', inBrowser, async (t) => {
  const backbeat = await startBackbeat(t)
  const page = await openConsole(t, backbeat, '/')
  const complaints = complaintsOf(page)

  await page.getByRole('link', { name: 'Connect a warehouse' }).click()
  await signIn(page, backbeat)
  await addWarehouse(page)
  await chooseStreams(page)
  await chooseSchedule(page)
  await watchFirstRun(page, backbeat)
  await lookIntoRows(page)
  assert.deepEqual(complaints, [])
  await writeByQuery(page)
})

/** Leaves for TikTok's own page and comes back to the step that was left. */
async function signIn(page: Page, { tiktok }: Backbeat): Promise<void> {
  await page.getByLabel('Name').fill('main')
  await page.getByRole('button', { name: 'Developer app and address' }).click()
  await page.getByLabel('App ID').fill(APP.id)
  await page.getByLabel('App secret').fill(APP.secret)
  await page.getByLabel('API address').fill(tiktok.apiUrl)
  await picture(page, '60 wizard sign in')
  await page.getByRole('button', { name: 'Sign in with TikTok' }).click()
  await page.getByRole('button', { name: 'Allow' }).click()

  await page.getByText('TikTok is connected').waitFor()
  await page.getByRole('region', { name: 'Advertisers' }).getByText('Europe/Berlin').waitFor()
  await picture(page, '61 wizard account')
  await page.getByRole('button', { name: 'Next: warehouse' }).click()
}

async function addWarehouse(page: Page): Promise<void> {
  const step = page.getByRole('region', { name: 'Warehouse' })
  await step.getByRole('textbox', { name: 'Name' }).fill('local')
  await step.getByRole('button', { name: 'Test' }).click()
  await step.getByText('Drop Passed').waitFor()
  await picture(page, '62 wizard warehouse')
  await step.getByRole('button', { name: 'Save the warehouse' }).click()
  await page.getByRole('button', { name: 'Next: streams' }).click()
}

/** Whole groups go on and off at once; single streams come on top. */
async function chooseStreams(page: Page): Promise<void> {
  const step = page.getByRole('region', { name: 'Streams' })
  for (const group of ['Entities', 'Reports', 'Breakdowns']) {
    const all = step.getByRole('checkbox', { name: group })
    await all.check()
    await all.uncheck()
  }
  for (const stream of ['campaign_history', 'ad_report_daily'])
    await step.getByRole('checkbox', { name: stream }).check()
  await picture(page, '63 wizard streams')
  await page.getByRole('button', { name: 'Next: history and schedule' }).click()
}

async function chooseSchedule(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'History' }).fill('3')
  await page.getByRole('radio', { name: 'Every hour' }).check()
  await picture(page, '64 wizard schedule')
  await page.getByRole('button', { name: 'Next: schema' }).click()
  await page.getByRole('radio', { name: 'Review everything' }).check()
  await picture(page, '65 wizard schema')
  await page.getByRole('button', { name: 'Next: summary' }).click()
}

/** What the summary promised is what is stored; the run's page follows it to its end by itself. */
async function watchFirstRun(page: Page, backbeat: Backbeat): Promise<void> {
  await page.getByText(/The first run reads \d+ slices with about \d+ calls/).waitFor()
  await picture(page, '66 wizard summary')
  await page.getByRole('button', { name: 'Connect and start' }).click()
  await page.getByRole('heading', { level: 1, name: `Run of ${CONNECTION}` }).waitFor()
  await until('the first run to end', async () => {
    const { runs } = await backbeat.get<RunList>('/runs')
    return (runs[0]?.endedAt ?? null) !== null
  })
  await page.getByText('Succeeded').first().waitFor()
  await picture(page, '67 run')
  const { spec } = await backbeat.get<Resource>(`/resources/sync/${CONNECTION}`)
  assert.deepEqual(spec['schedule'], { every_minutes: 60 })
  assert.equal(spec['history_days'], 3)
  assert.equal(spec['schema_policy'], 'review')
}

/** Days of one advertiser in a chart with its currency, the rows beside it, and a query of one's own. */
async function lookIntoRows(page: Page): Promise<void> {
  await goTo(page, 'Data')
  const rows = page.getByRole('region', { name: 'Rows of ad_report_daily' })
  await rows.getByRole('row').nth(2).waitFor()
  await choose(page, 'Advertiser', 'Simulator Laden')
  await page.getByRole('figure', { name: /spend by day, .* EUR in all/ }).waitFor()
  await picture(page, '68 data')

  await page.getByRole('button', { name: 'SQL' }).click()
  const sql = page.getByRole('textbox', { name: 'SQL' })
  await sql.fill('select count(*) as ads from tiktok_ads.ad_report_daily')
  await sql.press('Control+Enter')
  await page.getByRole('region', { name: 'Rows of query' }).getByRole('columnheader', { name: 'ads' }).waitFor()
}

async function writeByQuery(page: Page): Promise<void> {
  const sql = page.getByRole('textbox', { name: 'SQL' })
  await sql.fill('drop table tiktok_ads.ad_report_daily')
  await sql.press('Control+Enter')
  await page.getByRole('alert').getByText('Cannot run the query').waitFor()
  await picture(page, '69 query that writes')
}

test('the report builder says what cannot go together, and makes a table of what can', inBrowser, async (t) => {
  const backbeat = await startBackbeat(t)
  await connect(backbeat)
  const page = await openConsole(t, backbeat, '/reports')

  await page.getByRole('link', { name: 'New report' }).click()
  const age = page.getByRole('checkbox', { name: 'age', exact: true })
  await age.and(page.getByRole('checkbox', { disabled: true })).waitFor()
  await page.getByRole('radio', { name: 'audience' }).check()
  await age.check()
  await page.getByText('Possible', { exact: true }).waitFor()
  await picture(page, '70 report builder')

  await page.getByRole('radio', { name: 'basic' }).check()
  await page.getByText('TikTok would refuse this').waitFor()
  await picture(page, '71 report with a clash')
  await page.getByRole('button', { name: 'Take out what clashes' }).click()
  await page.getByPlaceholder(/Search \d+ metrics/).fill('video_watched_2s')
  await page.getByRole('checkbox', { name: 'video_watched_2s', exact: true }).check()
  await page.getByRole('button', { name: 'Show ten rows' }).click()
  await page.getByRole('region', { name: 'Rows of preview' }).getByRole('row').nth(2).waitFor()
  await page.getByRole('textbox', { name: 'Name' }).fill('views')
  await page.getByRole('button', { name: 'Save the report' }).click()

  await page.getByRole('heading', { level: 1, name: 'views' }).waitFor()
  const { spec } = await backbeat.get<Resource>('/resources/report/views')
  assert.deepEqual(spec['metrics'], ['spend', 'impressions', 'clicks', 'video_watched_2s'])
  await goTo(page, 'Schema')
  await page.getByText('List', { exact: true }).click()
  await page.getByRole('button', { name: 'custom_views' }).waitFor()
})

test('the schema is walked through by mouse, keyboard and search, and taken along', inBrowser, async (t) => {
  const backbeat = await startBackbeat(t)
  await connect(backbeat)
  await fill(backbeat)
  const page = await openConsole(t, backbeat, `/schema?sync=${CONNECTION}`, {
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  const complaints = complaintsOf(page)
  const hosts = hostsOf(page)

  await pickByKeyboard(page)
  await readColumn(page)
  await searchForField(page)
  await takeAlong(page)

  assert.deepEqual(complaints, [])
  assert.deepEqual([...hosts], [new URL(backbeat.url).host])
})

async function pickByKeyboard(page: Page): Promise<void> {
  const diagram = page.getByRole('region', { name: /^Diagram/ })
  await page.getByText('ad_report_', { exact: false }).first().waitFor()
  await picture(page, '72 schema')
  await diagram.press('ArrowRight')
  await page.getByRole('region', { name: 'advertiser', exact: true }).waitFor()
  await diagram.press('ArrowRight')
  await page.getByRole('region', { name: 'campaign_history', exact: true }).waitFor()
  await picture(page, '73 schema with neighbours')
  await diagram.press('Escape')
  await page.getByRole('region', { name: 'campaign_history', exact: true }).waitFor({ state: 'detached' })
}

/** A column says what it holds; a relation gives the query that joins without counting twice. */
async function readColumn(page: Page): Promise<void> {
  await page.locator('.react-flow__node[data-id="ad_report_daily"]').click()
  const table = page.getByRole('region', { name: 'ad_report_daily', exact: true })
  await table.getByRole('button', { name: 'reach integer' }).click()
  const reach = table.getByRole('region', { name: 'Column reach' })
  await reach.getByText('Counts people once').waitFor()
  await reach.scrollIntoViewIfNeeded()
  await picture(page, '74 column')
  await table.getByRole('button', { name: 'Copy the JOIN of ad_report_daily with ad_history' }).click()
  const sql = await page.evaluate<string>('navigator.clipboard.readText()')
  assert.match(sql, /row_number\(\) over \(partition by ad_id order by updated_at desc\)/)
}

async function searchForField(page: Page): Promise<void> {
  await page.keyboard.press('/')
  await page.keyboard.type('video_watched_2s')
  await page.getByText('List', { exact: true }).click()
  const list = page.getByRole('region', { name: 'Reports' })
  await list.getByText('Columns: video_watched_2_s').waitFor()
  assert.equal(await page.getByRole('region', { name: 'Entities' }).count(), 0)
  await page.getByText('Diagram', { exact: true }).click()
  await picture(page, '75 schema searched')
}

async function takeAlong(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: 'DBML' }).click()
  await page.getByRole('region', { name: 'DBML' }).getByText('ad_report_daily').first().waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Export' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'PNG' }).click(),
  ])
  const png = await readFile(await download.path())
  assert.equal(png.subarray(1, 4).toString(), 'PNG')
}
