import { test } from 'node:test'
import { startBackbeat } from './backbeat.ts'
import { inBrowser } from './chromium.ts'
import { assertFits, openConsole, PHONE_SCREEN } from './console_page.ts'
import { CONNECTION, connect, fill } from './streams.ts'

test('no screen of the road into warehouses is wider than a phone', inBrowser, async (t) => {
  const backbeat = await startBackbeat(t)
  await connect(backbeat)
  const run = await fill(backbeat)
  await backbeat.put('/resources/report/a-report-with-a-name-that-goes-on-and-on', {
    spec: { type: 'basic', data_level: 'ad', aggregation: 'day', metrics: ['spend', 'total_complete_payment_rate'] },
  })
  const page = await openConsole(t, backbeat, '/', PHONE_SCREEN)

  for (const path of [
    '/',
    '/connect',
    '/connections',
    `/connections/${CONNECTION}`,
    `/connections/${CONNECTION}?tab=settings`,
    '/runs',
    `/runs/${run.id}`,
    '/data',
    `/schema?sync=${CONNECTION}&table=ad_report_daily&column=reach`,
    '/schema?view=list',
    '/reports',
    '/reports/a-report-with-a-name-that-goes-on-and-on',
    '/new-report',
    '/schema-changes',
    '/restatements',
    '/warehouses',
    '/warehouses/local',
    '/accounts/main',
  ]) {
    await page.goto(path)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.getByLabel('Loading').first().waitFor({ state: 'detached' })
    await assertFits(page, `76 phone ${path}`)
  }
})
