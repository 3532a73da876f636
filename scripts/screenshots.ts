import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { type Demo, demoConfig, startDemo } from '../src/commands/demo.ts'
import { launchChromium } from '../test/browser/launch_chromium.ts'

/**
 * Takes the pictures of the README anew: `node scripts/screenshots.ts`. Needs Chromium and the built console; what the
 * pictures show is the demo, and an order that is placed here in its sample shop.
 */

const IMAGES = join(import.meta.dirname, '../docs/images')
const FREE_PORTS = { BACKBEAT_PORT: '0', BACKBEAT_SIMULATOR_PORT: '0', BACKBEAT_SHOP_PORT: '0' }
const SEED = 1
const FIRST_RUN_MS = 120_000
const WINDOW = { viewport: { width: 1280, height: 800 }, colorScheme: 'light', locale: 'en-GB' } as const

/** An order of somebody who came from an ad, and who first looked at a currency that TikTok does not take. */
async function placeOrder(shop: Page, { shopUrl }: Demo): Promise<void> {
  await shop.goto(shopUrl)
  await shop.getByRole('button', { name: 'Land from a TikTok ad' }).click()
  await shop.waitForURL(/ttclid=/)
  await shop.getByLabel('Currency').selectOption('UYU')
  await shop.getByRole('listitem').getByRole('link').first().click()
  await shop.getByRole('button', { name: 'Add to wishlist' }).click()
  await shop.getByLabel('Currency').selectOption('USD')
  await shop.getByRole('button', { name: 'Add to cart' }).click()
  await shop.getByRole('link', { name: 'Cart (1)' }).click()
  await shop.getByRole('link', { name: 'Go to checkout' }).click()
  await shop.getByRole('button', { name: 'Place order' }).click()
  await shop.getByText('TikTok took it as Purchase').waitFor()
}

const take = (page: Page, name: string) =>
  page.screenshot({ path: join(IMAGES, `${name}.png`), animations: 'disabled' })

async function takeAll(page: Page, shop: Page, demo: Demo): Promise<void> {
  const events = page.getByRole('list', { name: 'Events' }).getByRole('listitem')
  await page.goto(`${demo.consoleUrl}/events`)
  await placeOrder(shop, demo)
  const order = events.filter({ hasText: 'Order Completed' }).filter({ hasText: 'Delivered' }).first()
  await order.waitFor()
  await take(page, 'live_events')

  await events
    .filter({ hasText: 'Product Added to Wishlist' })
    .filter({ hasText: 'Dead' })
    .first()
    .getByRole('link')
    .click()
  await page.getByRole('region', { name: "TikTok's answer" }).waitFor()
  await take(page, 'trace')
}

async function takeTables(page: Page, { consoleUrl }: Demo): Promise<void> {
  await page.goto(`${consoleUrl}/connections/tiktok-to-warehouse`)
  await page.getByText('Succeeded').first().waitFor({ timeout: FIRST_RUN_MS })
  await page.reload()
  await page.getByText('Fresh').first().waitFor()
  await take(page, 'connection')

  await page.goto(`${consoleUrl}/schema?sync=tiktok-to-warehouse`)
  await page.getByText('ad_history').first().waitFor()
  await page.waitForLoadState('networkidle')
  await take(page, 'schema')
}

const folder = mkdtempSync(join(tmpdir(), 'backbeat-'))
const demo = await startDemo(demoConfig({ ...FREE_PORTS, BACKBEAT_DATA: folder }), SEED)
const browser = await launchChromium()
try {
  mkdirSync(IMAGES, { recursive: true })
  await demo.sendWeek()
  demo.goLive()
  await takeAll(await browser.newPage(WINDOW), await browser.newPage(WINDOW), demo)
  await takeTables(await browser.newPage(WINDOW), demo)
} finally {
  await browser.close()
  await demo.close()
  rmSync(folder, { recursive: true, force: true })
}
