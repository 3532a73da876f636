import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fromPresets, layRoad, send, startBackbeat } from './backbeat.ts'
import { complaintsOf, inBrowser, picture } from './chromium.ts'
import { goTo, openConsole } from './console_page.ts'

const EMAIL = 'ann.smith@example.com'
/** `printf %s ann.smith@example.com | sha256sum` */
const HASHED = 'f37d883a83178ebc6bedcfb87dd7948377c202068641e2ceaebbfce8d4ffa51f'
const PHONE = '+44 20 7946 0958'
const IP = '93.184.216.34'

const ORDER = {
  event: 'Order Completed',
  userId: 'user-1',
  properties: { order_id: 'order-1', value: 59.9, currency: 'EUR' },
  context: {
    ip: IP,
    userAgent: 'Mozilla/5.0',
    page: { url: `https://shop.example/thanks?email=${EMAIL}` },
    traits: { email: ` ${EMAIL.toUpperCase()} `, phone: PHONE, firstName: 'Zoltana' },
  },
}

const PERSONAL = [EMAIL, PHONE, IP, '442079460958', 'Zoltana']

test('the trace of an event shows every station of its way', inBrowser, async (t) => {
  const backbeat = await startBackbeat(t)
  await layRoad(backbeat, fromPresets('order_completed', 'product_added'))
  const { id } = await send(backbeat, ORDER)
  const page = await openConsole(t, backbeat, '/events', { permissions: ['clipboard-read', 'clipboard-write'] })
  const complaints = complaintsOf(page)

  await page.getByRole('list', { name: 'Events' }).getByRole('link', { name: 'Order Completed' }).click()

  const pane = (name: string) => page.getByRole('region', { name, exact: true })
  await pane('Received').getByText('"order-1"').waitFor()
  await pane('Rules').getByText('order_completed', { exact: true }).waitFor()
  await pane('Rules').getByRole('button', { name: 'Why not the other mapping?' }).click()
  await pane('Rules').getByRole('button', { name: 'Why not product_added?' }).click()
  await pane('Rules').getByText('did not hold; the event has "Order Completed"').waitFor()
  await pane('Mapped')
    .getByRole('listitem')
    .filter({ hasText: /^value59\.9$/ })
    .waitFor()
  const email = pane('Normalised & hashed')
    .getByRole('listitem')
    .filter({ hasText: /^email/ })
  assert.match(await email.innerText(), /trimmed and lower-cased, SHA-256/)
  assert.ok((await email.innerText()).includes(HASHED))
  const body = await pane('Sent').getByRole('region', { name: 'request body' }).innerText()
  assert.ok(body.includes(HASHED))
  const answer = pane("TikTok's answer")
  const { syncs } = await backbeat.trace(id)
  const requestId = syncs[0]!.deliveries[0]!.calls[0]!.requestId!
  await answer.getByText('TikTok code0').waitFor()
  await answer.getByText(requestId).waitFor()
  await pane('Sent').getByRole('button', { name: 'Copy cURL' }).click()
  const curl = await page.evaluate<string>('navigator.clipboard.readText()')
  assert.match(curl, /^curl -X POST 'http:\/\/127\.0\.0\.1:\d+\/open_api\/v1\.3\/event\/track\/' /)
  assert.ok(!curl.includes('simulator-token'))
  await picture(page, '11 trace')
  assert.deepEqual(complaints, [])
})

test('personal data is masked in lists and traces; showing it leaves a line in the audit log', inBrowser, async (t) => {
  const backbeat = await startBackbeat(t)
  await layRoad(backbeat, fromPresets('order_completed'))
  const { id } = await send(backbeat, ORDER)
  const page = await openConsole(t, backbeat, '/events')
  const inText = async () => {
    const text = await page.getByRole('main').innerText()
    return PERSONAL.filter((personal) => text.toLowerCase().includes(personal.toLowerCase()))
  }

  await page.getByRole('list', { name: 'Events' }).getByText('Order Completed').waitFor()
  const inList = await inText()
  await page.goto(`/events/${id}`)
  await page.getByRole('region', { name: "TikTok's answer" }).waitFor()
  const inTrace = await inText()
  await page.getByRole('switch', { name: 'Reveal personal data' }).check()
  await page.getByRole('region', { name: 'Received' }).getByText(`" ${EMAIL.toUpperCase()} "`).waitFor()
  const revealed = await inText()
  await goTo(page, 'Settings')
  await page.getByRole('row', { name: `console event.reveal event/${id}` }).waitFor()

  assert.deepEqual({ inList, inTrace }, { inList: [], inTrace: [] })
  assert.ok(revealed.length > 3, String(revealed))
  await picture(page, '12 audit log')
})
