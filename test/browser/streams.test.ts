import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import type { RunList } from '../../src/server/contract_streams.ts'
import { type Backbeat, startBackbeat } from './backbeat.ts'
import { complaintsOf, inBrowser, picture } from './chromium.ts'
import { choose, goTo, openConsole } from './console_page.ts'
import { until } from './until.ts'

/** The developer app of the local TikTok; see `src/simulator/world.ts`. */
const APP = { id: '7000000000000000201', secret: 'simulator-secret' }

test('the wizard leads from a sign-in at TikTok to tables in a warehouse', inBrowser, async (t) => {
  const backbeat = await startBackbeat(t)
  const page = await openConsole(t, backbeat, '/')
  const complaints = complaintsOf(page)

  await page.getByRole('link', { name: 'Connect a warehouse' }).click()
  await signIn(page, backbeat)
  await addWarehouse(page)
  await chooseStreams(page)
  await start(page, backbeat)
  await lookIntoData(page)
  await walkThroughSchema(page)

  assert.deepEqual(complaints, [])
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
  const reached = page.getByRole('region', { name: 'Advertisers' })
  await reached.getByText('Europe/Berlin').waitFor()
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

async function chooseStreams(page: Page): Promise<void> {
  const streams = page.getByRole('region', { name: 'Streams' })
  await picture(page, '63 wizard streams')
  for (const group of ['Breakdowns']) {
    const all = streams.getByRole('checkbox', { name: group })
    if (await all.isChecked()) await all.uncheck()
  }
  await page.getByRole('button', { name: 'Next: history and schedule' }).click()
  await page.getByRole('textbox', { name: 'History' }).fill('3')
  await page.getByRole('radio', { name: 'Every hour' }).check()
  await picture(page, '64 wizard schedule')
  await page.getByRole('button', { name: 'Next: schema' }).click()
  await page.getByRole('radio', { name: 'Review everything' }).waitFor()
  await picture(page, '65 wizard schema')
  await page.getByRole('button', { name: 'Next: summary' }).click()
}

async function start(page: Page, backbeat: Backbeat): Promise<void> {
  await page.getByText(/The first run reads .* calls/).waitFor()
  await picture(page, '66 wizard summary')
  await page.getByRole('button', { name: 'Connect and start' }).click()
  await page.getByRole('heading', { level: 1, name: 'Run of main-to-local' }).waitFor()
  await picture(page, '67 run under way')
  await until('the first run to end', async () => {
    const { runs } = await backbeat.get<RunList>('/runs')
    return runs[0]?.endedAt !== null && runs[0]?.endedAt !== undefined && runs[0]
  })
  await page.getByText('Succeeded').first().waitFor()
  await picture(page, '68 run that has ended')
}

async function lookIntoData(page: Page): Promise<void> {
  await goTo(page, 'Data')
  await page.getByRole('region', { name: 'Rows of ad_report_daily' }).getByRole('row').nth(2).waitFor()
  await choose(page, 'Advertiser', 'Simulator Laden')
  await page.getByRole('figure', { name: /spend by day/ }).waitFor()
  await picture(page, '69 data')
}

async function walkThroughSchema(page: Page): Promise<void> {
  await goTo(page, 'Schema')
  await choose(page, 'Connection', 'main-to-local')
  await page.getByText('ad_history').first().click()
  await page.getByRole('region', { name: 'ad_history' }).waitFor()
  await picture(page, '70 schema')
}
