import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Analytics } from '@segment/analytics-node'
import type { Page } from 'playwright-core'
import { ADVERTISER, type Backbeat, fromPresets, layRoad, PIXEL, send, startBackbeat, TOKEN } from './backbeat.ts'
import { complaintsOf, inBrowser, picture } from './chromium.ts'
import { choose, goTo, openConsole } from './console_page.ts'
import { until } from './until.ts'

test('an empty console leads a person to the first delivered event', inBrowser, async (t) => {
  const backbeat = await startBackbeat(t)
  const page = await openConsole(t, backbeat, '/', { permissions: ['clipboard-read', 'clipboard-write'] })
  const complaints = complaintsOf(page)

  await page.getByRole('region', { name: 'First steps' }).waitFor()
  await picture(page, '01 first run')
  await connectTikTok(page, backbeat)
  await addPixel(page)
  const writeKey = await addSource(page, backbeat)
  await mapFromPreset(page)
  await mistypeTrigger(page)
  await sendAndWatch(page, backbeat, writeKey)

  assert.deepEqual(complaints, [])
})

/** An account whose token is mistyped at first: the check says which step fails, and passes once it is mended. */
async function connectTikTok(page: Page, { tiktok }: Backbeat): Promise<void> {
  await page.getByRole('link', { name: 'Connect TikTok' }).click()
  await page.getByRole('button', { name: 'New account' }).click()
  await page.getByText('Paste a token').click()
  await page.getByLabel('Name').fill('main')
  await page.getByLabel('Access token').fill('not-the-token')
  await page.getByLabel('Advertiser ID').fill(ADVERTISER)
  await page.getByLabel('API address').fill(tiktok.apiUrl)
  await page.getByRole('button', { name: 'Create account' }).click()

  const check = page.getByRole('region', { name: 'Check' })
  await check.getByRole('button', { name: 'Run the check' }).click()
  await check.getByText('Access token Failed').waitFor()
  await picture(page, '02 account with a wrong token')
  await page.getByLabel('Access token').fill(TOKEN)
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Saved. Run the check').waitFor()
  await check.getByRole('button', { name: 'Check again' }).click()
  for (const step of ['Reach TikTok', 'Access token', 'Pixels']) await check.getByText(`${step} Passed`).waitFor()
  await check.getByText(PIXEL).waitFor()
  await picture(page, '03 account checked')
}

async function addPixel(page: Page): Promise<void> {
  await goTo(page, 'Home')
  await page.getByRole('link', { name: 'Add a pixel' }).click()
  await page.getByRole('button', { name: 'New destination' }).click()
  await page.getByLabel('Name').fill('shop-pixel')
  await choose(page, 'Account', 'main')
  await page.getByLabel('Pixel code').fill(PIXEL)
  await page.getByRole('button', { name: 'Create destination' }).click()
  await page.getByRole('heading', { level: 1, name: 'shop-pixel' }).waitFor()
  await picture(page, '04 destination')
}

/** Gives the write key, copied with the button. */
async function addSource(page: Page, { url }: Backbeat): Promise<string> {
  await goTo(page, 'Home')
  await page.getByRole('link', { name: 'Add a source' }).click()
  await page.getByRole('button', { name: 'New source' }).click()
  await page.getByLabel('Name').fill('shop')
  await page.getByRole('button', { name: 'Create source' }).click()
  await page.getByRole('heading', { level: 1, name: 'shop' }).waitFor()

  await page.getByRole('button', { name: 'Copy write key' }).click()
  const writeKey = await page.evaluate<string>('navigator.clipboard.readText()')
  await page.getByRole('tab', { name: 'Node', exact: true }).click()
  const snippet = await page.getByRole('region', { name: 'Node snippet' }).innerText()
  assert.match(writeKey, /^\w{32}$/)
  assert.ok(snippet.includes(`writeKey: '${writeKey}', host: '${url}'`), snippet)
  await picture(page, '05 source')
  return writeKey
}

async function mapFromPreset(page: Page): Promise<void> {
  await goTo(page, 'Home')
  await page.getByRole('link', { name: 'Map events' }).click()
  await page.getByRole('button', { name: 'New sync' }).click()
  await page.getByLabel('Name').fill('shop-to-pixel')
  await choose(page, 'From event source', 'shop')
  await choose(page, 'To destination', 'shop-pixel')
  await page.getByRole('radio', { name: 'No mapping' }).check()
  await picture(page, '06 new sync')
  await page.getByRole('button', { name: 'Create sync' }).click()
  await page.getByRole('button', { name: 'Add mapping' }).click()
  const preset = page.getByRole('dialog').getByRole('button', { name: 'Complete Payment' })
  await preset.waitFor()
  await picture(page, '07 presets')
  await preset.click()
  await page.getByRole('list', { name: 'Mappings' }).getByRole('link', { name: 'Complete Payment' }).click()
}

/** What is wrong is said at its place while it is typed, and saving is what makes the rest count. */
async function mistypeTrigger(page: Page): Promise<void> {
  const trigger = page.getByRole('textbox', { name: 'Trigger' })
  const verdict = page.getByRole('status', { name: 'Verdict' })
  await verdict.getByText('Would be sent').waitFor()
  await trigger.fill('event = "Order Completed" and and')
  const alert = page.getByRole('alert').filter({ hasText: 'Cannot read the trigger' })
  const [line, caret] = (await alert.locator('pre').innerText()).split('\n')
  assert.equal(line?.slice(caret?.indexOf('^')), 'and')
  assert.match(await alert.innerText(), /line 1, column 31: found "and"; write a condition/)
  await picture(page, '08 trigger with a mistake')

  await trigger.fill('event = "Order Completed" and properties.value > 10')
  await verdict.getByText('Would be sent').waitFor()
  await page.getByRole('button', { name: 'Review and save' }).click()
  await page.getByRole('region', { name: 'Changes' }).getByText('properties.value > 10').waitFor()
  await picture(page, '09 changes to be saved')
  await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('region', { name: 'Unsaved changes' }).waitFor({ state: 'detached' })
}

/**
 * What is sent comes to the open list by itself; it is the same document as before. A worker takes up a saved mapping
 * within half a second: until then events are filtered, so they are sent until one is not.
 */
async function sendAndWatch(page: Page, { url, settled }: Backbeat, writeKey: string): Promise<void> {
  await goTo(page, 'Live events')
  await page.getByText('Waiting for the first event').waitFor()
  await page.evaluate(() => void Object.assign(globalThis, { isSameDocument: true }))
  await until('the saved mapping to be in force', async () => {
    const shop = new Analytics({ writeKey, host: url })
    shop.track({ userId: 'user-1', event: 'Order Completed', properties: { value: 5, currency: 'EUR' } })
    shop.track({ userId: 'user-1', event: 'Order Completed', properties: { value: 50, currency: 'EUR' } })
    await shop.closeAndFlush()
    return (await settled()).delivered > 0
  })

  const orders = page.getByRole('list', { name: 'Events' }).getByRole('listitem').filter({ hasText: 'Order Completed' })
  await orders.filter({ hasText: 'Delivered' }).first().waitFor()
  await orders.filter({ hasText: 'Filtered' }).first().waitFor()
  await picture(page, '10 live events')
  assert.ok(await page.evaluate(() => 'isSameDocument' in globalThis))
}

test('an event that was pending when the list was opened is seen to arrive', inBrowser, async (t) => {
  const backbeat = await startBackbeat(t)
  await layRoad(backbeat, fromPresets('order_completed'))
  await backbeat.tiktok.order({ fault: 'slow', latency_ms: 3000 })
  const sent = send(backbeat, { event: 'Order Completed', userId: 'user-1', properties: { value: 5, currency: 'EUR' } })
  const page = await openConsole(t, backbeat, '/events')

  const event = page.getByRole('list', { name: 'Events' }).getByRole('listitem')
  await event.filter({ hasText: 'Pending' }).waitFor()
  await sent
  // Sooner than the list is read again as a whole.
  await event.filter({ hasText: 'Delivered' }).waitFor({ timeout: 5000 })
})
