import { test } from 'node:test'
import { fromPresets, layRoad, send, startBackbeat } from './backbeat.ts'
import { inBrowser } from './chromium.ts'
import { assertFits, openConsole, PHONE_SCREEN } from './console_page.ts'

const LONG = 'an-identifier-that-has-no-place-at-which-a-browser-would-break-it-'.repeat(3)

test('no screen is wider than a phone, whatever the events hold', inBrowser, async (t) => {
  const backbeat = await startBackbeat(t)
  await layRoad(backbeat, fromPresets('order_completed', 'product_added'))
  const { id } = await send(backbeat, {
    event: 'Order Completed',
    userId: LONG,
    messageId: LONG,
    properties: { order_id: LONG, value: 5, currency: 'EUR' },
    context: { page: { url: `https://shop.example/${LONG}` } },
  })
  await send(backbeat, { event: LONG, userId: 'user-1' })
  const page = await openConsole(t, backbeat, '/', PHONE_SCREEN)

  for (const path of [
    '/',
    '/events',
    `/events/${id}`,
    '/sources',
    '/sources/shop',
    '/destinations/shop-pixel',
    '/accounts/main',
    '/mappings',
    '/mappings/shop-to-pixel',
    '/mappings/shop-to-pixel?mapping=order_completed',
    '/settings',
  ]) {
    await page.goto(path)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.getByLabel('Loading').first().waitFor({ state: 'detached' })
    await assertFits(page, `50 phone ${path}`)
  }
})
