import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Page } from 'playwright-core'
import { snippets } from '../../console/src/sources/snippets.ts'
import type { Books } from '../../src/core/books.ts'
import type { Summary } from '../../src/server/contract.ts'
import { type Backbeat, fromPresets, layRoad, startBackbeat, WRITE_KEY } from './backbeat.ts'
import { complaintsOf, hostsOf, inBrowser, openPage } from './chromium.ts'
import { openReverseProxy, type Passed, RETRY_AFTER_SECONDS, type ReverseProxy, VISITOR_IP } from './reverse_proxy.ts'
import { aPage, openSite, snippet } from './site.ts'
import { until } from './until.ts'

const TTCLID = 'E.C.P.browser-test'
// Longer than any test: what arrives was sent because the page was left, or the batch was full.
const BATCHING = { strategy: 'batching', config: { size: 3, timeout: 120_000 } }

const asDelivery = (deliveryStrategy: object) => ({ integrations: { 'Segment.io': { deliveryStrategy } } })

/** The library, as a page has it. */
declare const analytics: {
  readonly initialized?: boolean
  page(name: string): void
  identify(userId: string, traits: object): void
  group(groupId: string): void
  track(event: string, properties: object): void
}

/** A server behind a proxy that knows the visitors' addresses, and a page of another origin. */
interface Shop {
  readonly backbeat: Backbeat
  readonly proxy: ReverseProxy
  readonly site: string
  readonly page: Page
  readonly hosts: ReadonlySet<string>
  readonly complaints: readonly string[]
}

/** `head` gives what is in the page's head, from the address it shall send to. */
async function openShop(t: TestContext, head: (base: string) => string): Promise<Shop> {
  const backbeat = await startBackbeat(t, { BACKBEAT_TRUST_PROXY: '1' })
  await layRoad(backbeat, fromPresets('page_viewed', 'product_added', 'order_completed'))
  const proxy = await openReverseProxy(t, backbeat.url)
  const site = await openSite(t, { '/': aPage('Shop', head(proxy.url)), '/left': aPage('Left', '') })
  const page = await openPage(t)
  return { backbeat, proxy, site, page, hosts: hostsOf(page), complaints: complaintsOf(page) }
}

const withSnippet = (deliveryStrategy?: object) => (base: string) =>
  snippet(base, WRITE_KEY, deliveryStrategy && asDelivery(deliveryStrategy))

const passedAs = ({ passed }: ReverseProxy, method: string): readonly Passed[] =>
  passed.filter((request) => request.method === method)

const pathsOf = (requests: readonly Passed[]): readonly string[] => requests.map(({ path }) => path).sort()

/** Waits until so many events were taken and have their verdict. */
const booksOf = ({ get }: Backbeat, accepted: number): Promise<Partial<Books>> =>
  until(`${accepted} events with a verdict`, async () => {
    const { total } = await get<Summary>('/summary')
    if (total.accepted < accepted || total.pending > 0) return null
    return Object.fromEntries(Object.entries(total).filter(([, count]) => count > 0))
  })

/** Orders, as a page reports them, all at once. */
const buy = (page: Page, ...orders: readonly string[]): Promise<void> =>
  page.evaluate((ids) => {
    for (const order_id of ids) analytics.track('Order Completed', { order_id, revenue: 59.9, currency: 'EUR' })
  }, orders)

/** Waits until the library has taken over from the snippet. */
const libraryReady = (page: Page) => page.waitForFunction(() => analytics.initialized === true)

test(
  "a page with Segment's snippet sends its calls one by one, and TikTok gets visitor, page and click",
  inBrowser,
  async (t) => {
    const { backbeat, proxy, site, page, hosts, complaints } = await openShop(t, withSnippet())
    const url = `${site}/?ttclid=${TTCLID}`

    await page.goto(url)
    await page.evaluate(() => {
      analytics.page('Home')
      analytics.identify('user-1', { email: 'ann@example.com' })
      analytics.group('club-1')
    })
    await buy(page, 'order-1')

    assert.deepEqual(await booksOf(backbeat, 4), { accepted: 4, delivered: 2, filtered: 2 })
    const [order] = await backbeat.tiktok.counted('CompletePayment')
    const { user, page: where, properties } = order!.payload
    const { external_id, ...visitor } = user!
    assert.match(String(external_id), /^[0-9a-f]{64}$/)
    assert.deepEqual(visitor, {
      ip: VISITOR_IP,
      user_agent: await page.evaluate(() => navigator.userAgent),
      ttclid: TTCLID,
      locale: 'en-GB',
    })
    assert.deepEqual(where, { url })
    assert.deepEqual(properties, { content_type: 'product', order_id: 'order-1', value: 59.9, currency: 'EUR' })
    const calls = ['/v1/g', '/v1/i', '/v1/p', '/v1/t']
    assert.deepEqual(pathsOf(passedAs(proxy, 'OPTIONS')), calls)
    assert.deepEqual(pathsOf(passedAs(proxy, 'POST')), calls)
    assert.deepEqual([...hosts].sort(), [new URL(site).host, new URL(proxy.url).host].sort())
    assert.deepEqual(complaints, [])
  },
)

test('a page that batches sends its calls together after one preflight', inBrowser, async (t) => {
  const { backbeat, proxy, site, page, complaints } = await openShop(t, withSnippet(BATCHING))

  await page.goto(site)
  await page.evaluate(() => void analytics.page('Home'))
  await buy(page, 'order-1', 'order-2')

  assert.deepEqual(await booksOf(backbeat, 3), { accepted: 3, delivered: 3 })
  assert.deepEqual(pathsOf(passedAs(proxy, 'OPTIONS')), ['/v1/b'])
  assert.deepEqual(pathsOf(passedAs(proxy, 'POST')), ['/v1/b'])
  assert.deepEqual(complaints, [])
})

test('the snippet that the console shows works as it is pasted', inBrowser, async (t) => {
  const shown = (base: string) => snippets(base, WRITE_KEY).find(({ name }) => name === 'Browser')!.text
  const { backbeat, site, page, complaints } = await openShop(t, shown)

  await page.goto(site)

  assert.deepEqual(await booksOf(backbeat, 2), { accepted: 2, delivered: 2 })
  assert.deepEqual((await backbeat.tiktok.counted()).map(({ event }) => event).sort(), ['AddToCart', 'PageView'])
  assert.deepEqual(complaints, [])
})

for (const [mode, strategy] of [
  ['batches', BATCHING],
  ['keeps its requests alive', { config: { keepalive: true } }],
] as const) {
  test(`what happens just before a page is left arrives when the page ${mode}`, inBrowser, async (t) => {
    const { backbeat, site, page } = await openShop(t, withSnippet(strategy))
    await page.goto(site)
    await libraryReady(page)

    await page.evaluate((left) => {
      analytics.track('Order Completed', { order_id: 'order-1', revenue: 59.9, currency: 'EUR' })
      // Left in the same turn: nothing has been sent yet.
      Object.assign(globalThis, { location: left })
    }, `${site}/left`)
    await page.getByRole('heading', { name: 'Left' }).waitFor()

    assert.deepEqual(await booksOf(backbeat, 1), { accepted: 1, delivered: 1 })
  })
}

for (const [mode, strategy] of [
  ['one by one', undefined],
  ['in batches', { strategy: 'batching', config: { timeout: 200 } }],
] as const) {
  test(
    `calls sent ${mode} that are told to wait come again in time, and none is lost or doubled`,
    inBrowser,
    async (t) => {
      const { backbeat, proxy, site, page } = await openShop(t, withSnippet(strategy))
      await page.goto(site)
      await libraryReady(page)

      proxy.throttleNext('dropped')
      await buy(page, 'order-1')
      const afterDrop = await booksOf(backbeat, 1)
      proxy.throttleNext('kept')
      await buy(page, 'order-2')
      const afterAll = await booksOf(backbeat, 3)

      assert.deepEqual(afterDrop, { accepted: 1, delivered: 1 })
      assert.deepEqual(afterAll, { accepted: 3, delivered: 2, duplicate: 1 })
      const orders = (await backbeat.tiktok.counted()).map(({ payload }) => payload.properties!['order_id'])
      assert.deepEqual(orders.sort(), ['order-1', 'order-2'])
      const sent = passedAs(proxy, 'POST')
      const [status, retries] = [
        sent.map((request) => request.status),
        sent.map(({ headers }) => headers['x-retry-count']),
      ]
      assert.deepEqual({ status, retries }, { status: [429, 200, 429, 200], retries: [undefined, '1', undefined, '1'] })
      const waits = [sent[1]!.at - sent[0]!.at, sent[3]!.at - sent[2]!.at]
      assert.ok(Math.min(...waits) >= RETRY_AFTER_SECONDS * 1000, `told to wait 1 s, it waited ${waits} ms`)
    },
  )
}

test('an image in a page reports an event, and is an image', inBrowser, async (t) => {
  const call = {
    writeKey: WRITE_KEY,
    userId: 'user-1',
    event: 'Order Completed',
    properties: { revenue: 5, currency: 'EUR' },
  }
  const inBase64 = encodeURIComponent(Buffer.from(JSON.stringify(call)).toString('base64'))
  const image = (base: string) => aPage('Mail', '', `<img alt="Seen" src="${base}/v1/pixel/track?data=${inBase64}">`)
  const { backbeat, page, site, complaints } = await openShop(t, image)

  await page.goto(site)

  assert.deepEqual(await booksOf(backbeat, 1), { accepted: 1, delivered: 1 })
  const size = await page
    .getByRole('img', { name: 'Seen' })
    .evaluate((img: { naturalWidth: number }) => img.naturalWidth)
  assert.equal(size, 1)
  assert.deepEqual(complaints, [])
})
