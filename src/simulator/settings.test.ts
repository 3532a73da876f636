import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aboutSettings, SETTINGS } from './settings.ts'
import { aBody, anEvent, appBody, aSimulator, NOW, offlineBody, TRACK } from './testing.ts'

const DAY = 86_400
const at = (daysAgo: number) => NOW / 1000 - daysAgo * DAY
const item = (changes: object) => aBody([anEvent(changes)])
const user = (changes: object) => item({ user: changes })
const properties = (changes: object) => item({ properties: changes })

/** A request, the code it gets from a fresh simulator, and the code it gets with a setting changed. */
const CASES: readonly (readonly [what: string, body: object, setting: object, before: number, after: number])[] = [
  ['an empty batch', aBody([]), { batch_size_code: 40061 }, 40002, 40061],
  ['two events', aBody([anEvent(), anEvent()]), { batch_size_max: 1 }, 0, 40002],
  ['a partner name', aBody([anEvent()], { partner_name: 'Backbeat' }), { partner_name: 'refuse' }, 0, 40063],
  ['a null field', user({ email: null, phone: null }), { null_values: 'accept' }, 40002, 0],
  ['a null event_id', item({ event_id: null }), { null_values: 'accept' }, 40002, 0],
  ['a null group', item({ properties: null }), { null_values: 'accept' }, 40002, 0],
  ['a number as text', properties({ value: '12.50', currency: 'EUR' }), { numeric_strings: 'accept' }, 40002, 0],
  ['no page.url', item({ page: undefined }), { page_url: 'required' }, 0, 40002],
  ['a page.url without http', item({ page: { url: 'shop.example.com' } }), { page_url: 'required' }, 0, 40002],
  ['a custom event offline', offlineBody(anEvent({ event: 'Visit' })), { offline_custom_event: 'refuse' }, 0, 40002],
  ['an old name offline', offlineBody(anEvent({ event: 'CompletePayment' })), { offline_custom_event: 'refuse' }, 0, 0],
  ['a raw email', user({ email: 'ann@example.com' }), { unhashed_identifier: 40062 }, 0, 40062],
  [
    'a raw phone among digests',
    user({ phone: ['f'.repeat(64), '+15555555555'] }),
    { unhashed_identifier: 40002 },
    0,
    40002,
  ],
  ['a digest in capitals', user({ external_id: 'F'.repeat(64) }), { unhashed_identifier: 40062 }, 0, 40062],
  ['an empty email', user({ email: '' }), { unhashed_identifier: 40062 }, 0, 0],
  ['an unsupported currency', properties({ value: 1, currency: 'UYU' }), { unsupported_currency: 'accept' }, 40002, 0],
  ['a currency in lower case', properties({ value: 1, currency: 'usd' }), { lowercase_currency: 'refuse' }, 0, 40002],
  ['an event of last month', item({ event_time: at(29) }), { event_age_days_max: 28 }, 0, 40002],
  ['an event of this month', item({ event_time: at(27) }), { event_age_days_max: 28 }, 0, 0],
  ['an app event', appBody(anEvent()), { app_events: 40118 }, 0, 40118],
  ['a body sent as text/plain', aBody([anEvent()]), { content_type: 'json' }, 0, 40002],
]

for (const [what, body, setting, before, after] of CASES) {
  test(`${what} gets ${before}, and ${after} with ${JSON.stringify(setting)}`, async (t) => {
    const tiktok = await aSimulator(t)

    const first = await tiktok.track(body)
    await tiktok.control('POST', 'world', { settings: setting })
    const second = await tiktok.track(body)

    assert.deepEqual([first.code, second.code], [before, after])
  })
}

test('a bad item can be refused without saying which', async (t) => {
  const tiktok = await aSimulator(t, { settings: { bad_item_path: 'bare' } })

  const { message } = await tiktok.track(aBody([anEvent(), anEvent({ event_id: 5 })]))

  assert.equal(message, 'Invalid value for event_id: not a valid string.')
})

const STATUSES: readonly (readonly [what: string, headers: Record<string, string>, setting: object, status: number])[] =
  [
    ['a bad body', { 'access-token': 'simulator-token' }, {}, 400],
    ['no token', {}, {}, 401],
    ['a wrong token', { 'access-token': 'wrong' }, {}, 401],
    ['too many requests', { 'access-token': 'simulator-token' }, { requests_per_second: 0 }, 429],
  ]

for (const [what, headers, setting, status] of STATUSES) {
  test(`${what} is HTTP 200, or ${status} where the status follows the code`, async (t) => {
    const tiktok = await aSimulator(t, { settings: setting })

    const usual = await tiktok.post(TRACK, '{', headers)
    await tiktok.control('POST', 'world', { settings: { http_status: 'by_code' } })
    const byCode = await tiktok.post(TRACK, '{', headers)

    assert.deepEqual([usual.status, byCode.status], [200, status])
    assert.equal(usual.code, byCode.code)
  })
}

test('every setting accepts its own default and says what it is about', () => {
  for (const [name, setting] of Object.entries(SETTINGS)) {
    assert.ok(setting.accepts(setting.byDefault), name)
    assert.match(setting.about, /^\S.{10,}$/, name)
  }
  assert.equal(aboutSettings().length, Object.keys(SETTINGS).length)
})
