import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { BrowserContextOptions } from 'playwright-core'
import { type Backbeat, fromPresets, layRoad, send, startBackbeat } from './backbeat.ts'
import { complaintsOf, inBrowser } from './chromium.ts'
import { assertFits, goTo, openConsole, PHONE_SCREEN } from './console_page.ts'

const ORDER = {
  event: 'Order Completed',
  userId: 'user-1',
  properties: { order_id: 'order-1', value: 590, currency: 'UYU' },
  context: { ip: '93.184.216.34', userAgent: 'Mozilla/5.0' },
}

for (const [device, options] of [
  ['desk', {}],
  ['phone', PHONE_SCREEN],
] as const) {
  test(`on a ${device}, a dead letter is found by its cause, corrected and delivered`, inBrowser, async (t) => {
    const { backbeat, page, complaints } = await withDeadLetter(t, options)

    await page.getByRole('region', { name: 'Open problems' }).getByRole('link', { name: '1 dead' }).waitFor()
    await goTo(page, 'Dead letters')
    const group = page.getByRole('list', { name: 'Groups by cause' }).getByRole('link')
    await group.getByText('tiktok.unsupported_currency · properties.currency').waitFor()
    await assertFits(page, `20 dead letters on a ${device}`)
    await group.click()
    await page.getByText('What to do:').waitFor()
    await assertFits(page, `21 dead group on a ${device}`)
    await page.getByRole('button', { name: 'Edit' }).click()
    await page.getByLabel('Event JSON').getByText('"UYU"').dblclick()
    await page.keyboard.type('USD')
    await assertFits(page, `22 event editor on a ${device}`)
    await page.getByRole('button', { name: 'Save and retry' }).click()
    await page.getByText('This group is empty now').waitFor()
    await backbeat.settled()
    await goTo(page, 'Home')
    const books = page.getByRole('region', { name: 'Books' })
    await books.getByRole('link', { name: '1 Delivered' }).waitFor()
    await books.getByRole('link', { name: '0 Dead' }).waitFor()
    await page.getByText('Nothing needs you').waitFor()
    await assertFits(page, `23 home on a ${device}`)

    const [counted, ...others] = await backbeat.tiktok.counted('CompletePayment')
    assert.equal(counted?.payload.properties?.['currency'], 'USD')
    assert.deepEqual(others, [])
    assert.deepEqual(complaints, [])
  })
}

/** A console at its home, with one event that TikTok will not take. */
async function withDeadLetter(t: TestContext, options: BrowserContextOptions) {
  const backbeat: Backbeat = await startBackbeat(t)
  await layRoad(backbeat, fromPresets('order_completed'))
  await send(backbeat, ORDER)
  const page = await openConsole(t, backbeat, '/', options)
  return { backbeat, page, complaints: complaintsOf(page) }
}
