import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DIAGNOSTICS } from './diagnostic_kinds.ts'
import {
  aBody,
  anEvent,
  appBody,
  aSimulator,
  CRM_SET,
  crmBody,
  NOW,
  offlineBody,
  type Parsed,
  PIXEL,
} from './testing.ts'

const DIGEST = '848a771458438fc2ec420560d769fb9b9b86851ee338ec56517baabd79d3bb4f'
const NOTHING_HASHED = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
const DAY = 86_400

const item = (changes: object) => aBody([anEvent(changes)])
const user = (changes: object) => item({ user: { email: DIGEST, ...changes } })
const properties = (changes: object) => item({ properties: changes })

/** A body, and everything that is said about its one event: kind, field and sample. */
const CASES: readonly (readonly [what: string, body: object, ...findings: (readonly [string, string, string])[]])[] = [
  ['an event in order', aBody([anEvent()])],
  ['an offline event in order', offlineBody(anEvent({ page: undefined }))],
  ['a CRM event in order', crmBody(anEvent({ user: {} }))],
  ['an app event in order', appBody(anEvent({ event: 'Checkout', event_id: undefined }))],
  ['a raw email', user({ email: 'ann@example.com' }), ['unhashed_identifier', 'user.email', 'ann…(15)']],
  [
    'one raw phone of two',
    user({ phone: [DIGEST, '+15555555555'] }),
    ['unhashed_identifier', 'user.phone', '+15…(12)'],
  ],
  [
    'a digest in capitals',
    user({ external_id: DIGEST.toUpperCase() }),
    ['uppercase_digest', 'user.external_id', '848…(64)'],
  ],
  ['a digest of nothing', user({ phone: NOTHING_HASHED }), ['digest_of_nothing', 'user.phone', 'e3b…(64)']],
  ['phone_number', user({ phone_number: DIGEST }), ['phone_number_field', 'user.phone_number', 'belongs user.phone']],
  ['nobody', item({ user: { email: '', phone: [], locale: 'en' } }), ['no_match_key', 'user', 'nothing']],
  [
    'an ip alone',
    item({ user: { ip: '93.184.216.34' } }),
    ['no_match_key', 'user', 'nothing'],
    ['ip_without_user_agent', 'user.user_agent', 'nothing'],
  ],
  ['no event_id', item({ event_id: undefined }), ['missing_event_id', 'event_id', 'nothing']],
  ['a made-up ttclid', user({ ttclid: 'placeholder' }), ['ttclid_form', 'user.ttclid', 'pl…(11)']],
  ['a real ttclid', user({ ttclid: 'E.C.P.abc' })],
  ['no ip at all', user({ ip: 'unknown', user_agent: 'M' }), ['invalid_ip', 'user.ip', 'u…(7)']],
  ['a private IPv4', user({ ip: '172.20.0.4', user_agent: 'M' }), ['private_ip', 'user.ip', '17…(10)']],
  ['a public IPv4 close to private ones', user({ ip: '172.32.0.4', user_agent: 'M' })],
  ['a private IPv6', user({ ip: 'fd00::1', user_agent: 'M' }), ['private_ip', 'user.ip', 'f…(7)']],
  ['a public IPv6', user({ ip: '2a00:1450:4001::200e', user_agent: 'M' })],
  [
    'limited data use without ip',
    item({ limited_data_use: true, user: { email: DIGEST } }),
    ['limited_data_use_without_ip', 'user.ip', 'nothing'],
  ],
  ['an old name', item({ event: 'CompletePayment' }), ['renamed_event', 'event', 'CompletePayment → Purchase']],
  ['a reserved name', item({ event: 'Checkout' }), ['reserved_event', 'event', 'Checkout → PlaceAnOrder']],
  ['a deprecated name', item({ event: 'ClickButton' }), ['deprecated_event', 'event', 'ClickButton → ClickButton']],
  ['a custom name', item({ event: 'purchase' }), ['custom_event', 'event', 'purchase']],
  ['a custom name offline', offlineBody(anEvent({ event: 'Visit' })), ['custom_event_offline', 'event', 'Visit']],
  ['a value alone', properties({ value: 0 }), ['value_without_currency', 'properties.currency', 'nothing']],
  [
    'a currency in lower case',
    properties({ value: 1, currency: 'usd' }),
    ['lowercase_currency', 'properties.currency', 'usd'],
  ],
  [
    'an item without id',
    properties({ contents: [{ price: 1 }] }),
    ['content_id_missing', 'properties.contents.content_id', 'nothing'],
  ],
  [
    'items and ids',
    properties({ contents: [{ content_id: 'a' }], content_ids: ['a'] }),
    ['contents_and_content_ids', 'properties.content_ids', 'both'],
  ],
  [
    'an unknown content_type',
    properties({ content_type: 'products' }),
    ['unknown_choice', 'properties.content_type', 'pr…(8)'],
  ],
  ['an unknown att_status', user({ att_status: 'authorized' }), ['unknown_choice', 'user.att_status', 'au…(10)']],
  [
    'test_event_code in the item',
    item({ test_event_code: 'TEST1' }),
    ['misplaced_field', 'test_event_code', 'belongs beside data'],
  ],
  [
    'event_source in the item',
    item({ event_source: 'web' }),
    ['misplaced_field', 'event_source', 'belongs beside data'],
  ],
  ['lead_id in user', user({ lead_id: '7' }), ['misplaced_field', 'user.lead_id', 'belongs lead.lead_id']],
  [
    'contents_ids',
    properties({ contents_ids: ['a'] }),
    ['misplaced_field', 'properties.contents_ids', 'belongs properties.content_ids'],
  ],
  ['no page', item({ page: undefined }), ['page_url_missing', 'page.url', 'nothing']],
  ['a page.url without http', item({ page: { url: 'shop.example.com' } }), ['page_url_form', 'page.url', 'sho…(16)']],
  ['an event of last month', item({ event_time: NOW / 1000 - 29 * DAY }), ['too_old', 'event_time', '29 days']],
  ['an event of tomorrow', item({ event_time: NOW / 1000 + DAY }), ['in_future', 'event_time', '1440 minutes ahead']],
  ['a test event', aBody([anEvent()], { test_event_code: 'TEST1' }), ['test_event', 'test_event_code', 'TEST1']],
]

for (const [what, body, ...findings] of CASES) {
  const kinds = findings.map(([kind]) => kind).join(' and ') || 'nothing'
  test(`${what}: ${kinds} is pointed out`, async (t) => {
    const tiktok = await aSimulator(t)

    const { code } = await tiktok.track(body)

    const { events } = await tiktok.control('GET', 'events?verdict=all')
    assert.equal(code, 0)
    assert.deepEqual(
      events[0].diagnostics,
      findings.map(([kind, field, sample]) => ({ kind, field, sample })),
    )
  })
}

test('leniently taken currencies and numbers are pointed out', async (t) => {
  const tiktok = await aSimulator(t, { settings: { unsupported_currency: 'accept', numeric_strings: 'accept' } })

  await tiktok.track(properties({ value: '5', currency: 'UYU', contents: [{ content_id: 'a', price: '5' }] }))

  const { events } = await tiktok.control('GET', 'events')
  const kinds = events[0].diagnostics.map(({ kind }: Parsed) => kind)
  assert.deepEqual(kinds, ['unsupported_currency', 'numeric_text', 'numeric_text'])
})

test('findings are counted by event source and kind, with the last sample', async (t) => {
  const tiktok = await aSimulator(t)

  await tiktok.track(aBody([anEvent({ event: 'first' }), anEvent({ event: 'second', event_id: 'order-2' })]))
  await tiktok.control('POST', 'clock', { advance_ms: 1000 })
  await tiktok.track(aBody([anEvent({ event: 'third' }), anEvent({ event: 'third' })]))
  await tiktok.track(crmBody(anEvent({ event: 'fourth' })))

  const { diagnostics } = await tiktok.control('GET', 'diagnostics?kind=custom_event')
  assert.deepEqual(diagnostics[0], {
    event_source_id: PIXEL,
    kind: 'custom_event',
    ...DIAGNOSTICS.custom_event,
    count: 4,
    first_at: '2026-11-21T12:00:00.000Z',
    last_at: '2026-11-21T12:00:01.000Z',
    sample: { event: 'third', event_id: 'order-1', field: 'event', value: 'third' },
  })
  const ofCrm = await tiktok.control('GET', `diagnostics?event_source_id=${CRM_SET}`)
  assert.deepEqual(
    ofCrm.diagnostics.map(({ kind, count }: Parsed) => [kind, count]),
    [['custom_event', 1]],
  )
})

test('dropped and merged copies are pointed out', async (t) => {
  const tiktok = await aSimulator(t)

  await tiktok.control('POST', 'pixel', { event_source_id: PIXEL, data: [anEvent()] })
  await tiktok.track(aBody([anEvent(), anEvent()]))

  const { diagnostics } = await tiktok.control('GET', 'diagnostics')
  assert.deepEqual(
    diagnostics.map(({ kind, count }: Parsed) => [kind, count]),
    [
      ['duplicate_merged', 1],
      ['duplicate_dropped', 1],
    ],
  )
})

test('no raw identifier is in the diagnostics', async (t) => {
  const tiktok = await aSimulator(t)

  await tiktok.track(user({ email: 'ann@example.com', phone: '+15555555555', ip: '10.1.2.3', ttclid: 'click-of-ann' }))

  const shown = JSON.stringify(await tiktok.control('GET', 'diagnostics'))
  for (const secret of ['ann@example.com', '+15555555555', '10.1.2.3', 'click-of-ann'])
    assert.ok(!shown.includes(secret))
})
