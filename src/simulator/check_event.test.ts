import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aBody, anEvent, appBody, aSimulator, crmBody, offlineBody } from './testing.ts'

const NOT = {
  text: 'not a valid string',
  number: 'not a valid number',
  object: 'not a valid object',
  list: 'not a valid list',
}

/** Path of a field, a value TikTok refuses, its words, and where in the value the fault lies. */
const WRONG: readonly (readonly [path: string, value: unknown, reason: string, inside?: string])[] = [
  ['event', '', NOT.text],
  ['event', 5, NOT.text],
  ['event_time', '1700000000', 'not a valid integer'],
  ['event_time', 1_700_000_000.5, 'not a valid integer'],
  ['event_time', null, 'not a valid integer'],
  ['event_id', null, NOT.text],
  ['user', 'ann', NOT.object],
  ['user', [], NOT.object],
  ['user', null, NOT.object],
  ['user.email', 5, NOT.text],
  ['user.email', null, NOT.text],
  ['user.phone', ['a', 5], NOT.text, '.1'],
  ['user.external_id', { id: 1 }, NOT.text],
  ['user.first_name', ['ann'], NOT.text],
  ['user.ip', 5, NOT.text],
  ['user.ttclid', true, NOT.text],
  ['properties', [], NOT.object],
  ['properties.contents', { content_id: 'a' }, NOT.list],
  ['properties.contents', ['a'], NOT.object, '.0'],
  ['properties.contents', [{}, { price: 'x' }], NOT.number, '.1.price'],
  ['properties.contents', [{ quantity: '2' }], NOT.number, '.0.quantity'],
  ['properties.contents', [{ brand: 1 }], NOT.text, '.0.brand'],
  ['properties.content_ids', [1], NOT.text, '.0'],
  ['properties.value', '25.50', NOT.number],
  ['properties.value', '€25', NOT.number],
  ['properties.num_items', '3', NOT.number],
  ['properties.currency', 978, NOT.text],
  ['properties.order_id', 1001, NOT.text],
  ['properties.shop_id', 7, NOT.text],
  ['properties.search_string', [], NOT.text],
  ['properties.num_adults', 'two', NOT.number],
  ['properties.mileage', { value: 'far' }, NOT.number, '.value'],
  ['page', 'https://shop.example.com', NOT.object],
  ['page.url', 5, NOT.text],
  ['page.referrer', {}, NOT.text],
  ['app', 'com.example', NOT.object],
  ['ad.callback', 5, NOT.text],
  ['ad.is_retargeting', 'yes', 'not a valid boolean'],
  ['lead.lead_id', 5, NOT.text],
  ['limited_data_use', 'true', 'not a valid boolean'],
]

function eventWith(path: string, value: unknown): object {
  const [group, key] = path.split('.')
  return anEvent({ [group!]: key === undefined ? value : { [key]: value } })
}

for (const [path, value, reason, inside = ''] of WRONG) {
  test(`${path} = ${JSON.stringify(value)} is refused as ${reason}`, async (t) => {
    const tiktok = await aSimulator(t)

    const { code, message } = await tiktok.track(aBody([eventWith(path, value)]))

    assert.deepEqual(
      { code, message },
      { code: 40002, message: `Invalid value for data.0.${path}${inside}: ${reason}.` },
    )
  })
}

/** Values that look odd and are taken all the same. */
const TAKEN: readonly (readonly [path: string, value: unknown])[] = [
  ['event_id', ''],
  ['event_id', '<b>'],
  ['user', {}],
  ['user.email', ''],
  ['user.email', []],
  ['user.email', ['a', 'b']],
  ['user.ttclid', 'E.C.P.'.padEnd(700, 'x')],
  ['properties.value', 0],
  ['properties.contents', []],
  ['properties.content_ids', 'sku-1'],
  ['properties.gtm_version', 3],
  ['properties.query', 'shoes'],
  ['properties.currency', 'eur'],
  ['device', { mobile: true }],
  ['page', {}],
  ['limited_data_use', true],
  ['event', 'My own event'],
]

for (const [path, value] of TAKEN) {
  test(`${path} = ${JSON.stringify(value).slice(0, 40)} is taken`, async (t) => {
    const tiktok = await aSimulator(t)

    const { code, message } = await tiktok.track(aBody([eventWith(path, value)]))

    assert.deepEqual({ code, message }, { code: 0, message: 'OK' })
  })
}

test('an event without event_time is refused', async (t) => {
  const tiktok = await aSimulator(t)

  const { message } = await tiktok.track(aBody([anEvent({ event_time: undefined })]))

  assert.equal(message, 'Invalid value for data.0.event_time: not a valid integer.')
})

test('a CRM event needs lead.lead_id', async (t) => {
  const tiktok = await aSimulator(t)

  const good = await tiktok.track(crmBody(anEvent()))
  const { message } = await tiktok.track(crmBody(anEvent({ lead: { lead_event_source: 'HubSpot' } })))

  assert.equal(good.code, 0)
  assert.equal(message, 'Invalid value for data.0.lead.lead_id: not a valid string.')
})

test('an app event needs app.app_id', async (t) => {
  const tiktok = await aSimulator(t)

  const good = await tiktok.track(appBody(anEvent()))
  const { message } = await tiktok.track(appBody(anEvent({ app: {} })))

  assert.equal(good.code, 0)
  assert.equal(message, 'Invalid value for data.0.app.app_id: not a valid string.')
})

test('currencies that only apps may use are refused elsewhere', async (t) => {
  const tiktok = await aSimulator(t)
  const lebanese = anEvent({ properties: { value: 1, currency: 'LBP' } })

  const inApp = await tiktok.track(appBody(lebanese))
  const offline = await tiktok.track(offlineBody(lebanese))

  assert.deepEqual([inApp.code, offline.code], [0, 40002])
})
