import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { demoConfig, startDemo } from '../../src/commands/demo.ts'
import { tempFolder } from '../temp_folder.ts'
import { atEnd } from './at_end.ts'
import { tiktokAt } from './backbeat.ts'
import { complaintsOf, inBrowser, openPage, picture } from './chromium.ts'
import { requireConsole } from './console_page.ts'

const FREE_PORTS = { BACKBEAT_PORT: '0', BACKBEAT_SIMULATOR_PORT: '0', BACKBEAT_SHOP_PORT: '0' }

test(
  'every click in the sample shop is seen in live events, and what is for TikTok arrives there',
  inBrowser,
  async (t) => {
    requireConsole()
    const folder = tempFolder({ after: (remove) => atEnd(t, remove) })
    const demo = await startDemo(demoConfig({ ...FREE_PORTS, BACKBEAT_DATA: folder, BACKBEAT_LOG: 'error' }), 1)
    atEnd(t, () => demo.close())
    // Each in a window of its own: a page behind another is drawn once a second.
    const [shop, console] = [await openPage(t), await openPage(t)]
    const complaints = [complaintsOf(shop), complaintsOf(console)]
    await console.goto(`${demo.consoleUrl}/events`)
    const seen = (event: string, verdict: string) =>
      console
        .getByRole('list', { name: 'Events' })
        .getByRole('listitem')
        .filter({ hasText: event })
        .filter({ hasText: verdict })
        .first()
        .waitFor()

    await shop.goto(demo.shopUrl)
    await shop.getByRole('button', { name: 'Land from a TikTok ad' }).click()
    await shop.waitForURL(/ttclid=/)
    await shop.getByLabel('Search products').fill('record')
    await shop.getByRole('button', { name: 'Search' }).click()
    await seen('Products Searched', 'Delivered')
    await shop.getByRole('link', { name: 'Offbeat' }).click()
    await shop.getByRole('listitem').getByRole('link').first().click()
    await seen('Product Clicked', 'Filtered')
    await seen('Product Viewed', 'Delivered')
    await shop.getByRole('button', { name: 'Add to cart' }).click()
    await seen('Product Added', 'Delivered')
    await checkOut(shop)
    for (const event of ['Checkout Started', 'Payment Info Entered', 'Order Completed']) await seen(event, 'Delivered')
    await shop.getByText('TikTok took it as Purchase').waitFor()
    await picture(shop, '40 shop')
    await picture(console, '41 live events of the shop')

    const [order, ...others] = await tiktokAt(demo.simulatorUrl).counted('Purchase')
    const { user, properties } = order!.payload
    assert.match(String(user?.['ttclid']), /^E\.C\.P\./)
    assert.match(String(user?.['email']), /^[0-9a-f]{64}$/)
    assert.equal(properties?.['currency'], 'USD')
    assert.deepEqual(others, [])
    assert.deepEqual(complaints, [[], []])
  },
)

async function checkOut(shop: Page): Promise<void> {
  await shop.getByRole('link', { name: 'Cart (1)' }).click()
  await shop.getByRole('link', { name: 'Go to checkout' }).click()
  await shop.getByRole('button', { name: 'Place order' }).click()
  await shop.getByRole('heading', { name: 'Thank you' }).waitFor()
}
