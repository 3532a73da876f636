import assert from 'node:assert/strict'
import { test } from 'node:test'
import { APP, aSimulator, OFFLINE_SET, type Parsed, PIXEL } from '../testing.ts'

const DIGEST = '848a771458438fc2ec420560d769fb9b9b86851ee338ec56517baabd79d3bb4f'
const V2 = '/open_api/v1.2'
const V3 = '/open_api/v1.3'

/** A 1.0 web event without fault or finding. */
const aLegacyEvent = (changes: object = {}) => ({
  type: 'track',
  event: 'CompletePayment',
  event_id: 'order-1',
  timestamp: '2026-11-21T11:59:00Z',
  context: {
    user: { email: DIGEST, phone_number: DIGEST, ttp: 'cookie' },
    ad: { callback: 'E.C.P.click' },
    page: { url: 'https://shop.example.com/' },
    ip: '93.184.216.34',
    user_agent: 'Mozilla/5.0',
  },
  properties: { value: 5, currency: 'EUR', contents: [{ content_id: 'sku-1', content_type: 'product' }] },
  ...changes,
})

const offlineEvent = (changes: object = {}) =>
  aLegacyEvent({ context: { user: { emails: [DIGEST], phone_numbers: [] } }, ...changes })

const pixelTrack = (changes: object = {}) => ({ pixel_code: PIXEL, ...aLegacyEvent(changes) })
const pixelBatch = (batch: unknown, changes: object = {}) => ({ pixel_code: PIXEL, batch, ...changes })
const offlineBatch = (batch: unknown) => ({ event_set_id: OFFLINE_SET, batch })
const appBatch = (batch: unknown) => ({ tiktok_app_id: APP, batch })

for (const version of [V2, V3]) {
  test(`a 1.0 web event is taken as the 2.0 event it amounts to (${version})`, async (t) => {
    const tiktok = await aSimulator(t)

    const answer = await tiktok.post(`${version}/pixel/track/`, pixelTrack())

    const { events } = await tiktok.control('GET', 'events')
    const { event, event_time, user, page, event_id } = events[0].payload
    assert.deepEqual([answer.code, answer.data], [0, {}])
    assert.deepEqual(
      { event, event_id, event_time, page, user },
      {
        event: 'CompletePayment',
        event_id: 'order-1',
        event_time: Date.parse('2026-11-21T11:59:00Z') / 1000,
        page: { url: 'https://shop.example.com/' },
        user: {
          email: DIGEST,
          phone: DIGEST,
          ttclid: 'E.C.P.click',
          ttp: 'cookie',
          ip: '93.184.216.34',
          user_agent: 'Mozilla/5.0',
        },
      },
    )
    assert.equal(events[0].counted_as, 'Purchase')
  })
}

test('a 1.0 and a 2.0 copy of one event are one', async (t) => {
  const tiktok = await aSimulator(t)

  await tiktok.post(`${V3}/pixel/track/`, pixelTrack())
  const item = { event: 'Purchase', event_id: 'order-1', event_time: 1_795_000_000 }
  await tiktok.track({ event_source: 'web', event_source_id: PIXEL, data: [item] })

  assert.equal((await tiktok.control('GET', 'events')).totals.duplicates, 1)
})

test('a 1.0 event without timestamp happened when it arrived', async (t) => {
  const tiktok = await aSimulator(t)

  await tiktok.post(`${V3}/pixel/track/`, pixelTrack({ timestamp: undefined }))

  const { events } = await tiktok.control('GET', 'events')
  assert.equal(events[0].event_time, Date.parse('2026-11-21T12:00:00Z') / 1000)
})

test('a batch is taken in part: the bad items are listed under 20001', async (t) => {
  const tiktok = await aSimulator(t)
  const bad = aLegacyEvent({ event_id: 'order-2', properties: { contents: [{ content_id: 7 }] } })

  const { code, data } = await tiktok.post(
    `${V3}/pixel/batch/`,
    pixelBatch([aLegacyEvent(), bad, aLegacyEvent({ event_id: 'order-3' })]),
  )

  const { totals, events } = await tiktok.control('GET', 'events?verdict=all')
  assert.equal(code, 20001)
  assert.deepEqual(data, {
    partial_failure: true,
    failed_events: [{ order_in_batch: 1, error: 'Batch.1.properties.contents.0.content_id: Not a valid string' }],
  })
  assert.equal(totals.counted, 2)
  assert.deepEqual(
    events.map(({ event_id }: Parsed) => event_id),
    ['order-3', 'order-1'],
  )
})

test('a batch without a bad item says so', async (t) => {
  const tiktok = await aSimulator(t)

  const { code, data } = await tiktok.post(`${V3}/pixel/batch/`, pixelBatch([aLegacyEvent()]))

  assert.deepEqual({ code, data }, { code: 0, data: { partial_failure: false, failed_events: [] } })
})

test('a batch is refused whole where the world says so', async (t) => {
  const tiktok = await aSimulator(t, { settings: { legacy_bad_item: 'refuse_all' } })
  const bad = aLegacyEvent({ properties: { contents: [{ content_id: 7 }] } })

  const { code, message } = await tiktok.post(`${V2}/pixel/batch/`, pixelBatch([bad, aLegacyEvent()]))

  assert.deepEqual(
    { code, message },
    { code: 40002, message: 'Batch.0.properties.contents.0.content_id: Not a valid string' },
  )
  assert.equal((await tiktok.control('GET', 'events')).totals.received, 0)
})

/** Path, body, code and message. */
const REFUSED: readonly (readonly [what: string, path: string, body: object, code: number, message: string])[] = [
  [
    'no pixel_code',
    '/pixel/track/',
    { ...pixelTrack(), pixel_code: undefined },
    40002,
    'Invalid value for pixel_code: not a valid string.',
  ],
  [
    'a numeric event_id',
    '/pixel/track/',
    pixelTrack({ event_id: 273196 }),
    40002,
    'Invalid value for event_id: not a valid string.',
  ],
  [
    'no context',
    '/pixel/track/',
    pixelTrack({ context: undefined }),
    40002,
    'Invalid value for context: not a valid object.',
  ],
  [
    'a numeric phone',
    '/pixel/track/',
    pixelTrack({ context: { user: { phone_number: 1 } } }),
    40002,
    'Invalid value for context.user.phone_number: not a valid string.',
  ],
  [
    'a Unix timestamp',
    '/pixel/track/',
    pixelTrack({ timestamp: '1700000000' }),
    40002,
    'Invalid value for timestamp: not a valid datetime.',
  ],
  [
    'an unsupported currency',
    '/pixel/track/',
    pixelTrack({ properties: { currency: 'UYU' } }),
    40002,
    'Invalid value for properties.currency: not a supported currency.',
  ],
  ['no batch', '/pixel/batch/', pixelBatch(undefined), 40002, 'batch: Missing data for required field.'],
  [
    '51 web events',
    '/pixel/batch/',
    pixelBatch(Array(51).fill(aLegacyEvent())),
    40002,
    'Invalid value for batch: must hold 1 to 50 events.',
  ],
  [
    '101 offline events',
    '/offline/batch/',
    offlineBatch(Array(101).fill(offlineEvent())),
    40002,
    'Invalid value for batch: must hold 1 to 100 events.',
  ],
  [
    'an offline event without timestamp',
    '/offline/batch/',
    offlineBatch([offlineEvent({ timestamp: undefined })]),
    40002,
    'Batch.0.timestamp: Not a valid datetime',
  ],
  [
    'an empty offline timestamp',
    '/offline/track/',
    { event_set_id: OFFLINE_SET, event: 'Test Event', timestamp: '', context: {} },
    40002,
    'Invalid value for timestamp: not a valid datetime.',
  ],
  [
    'an offline event of nobody',
    '/offline/batch/',
    offlineBatch([offlineEvent({ context: {} })]),
    40002,
    'Batch.0.context.user: Must hold emails or phone_numbers',
  ],
  [
    'an unknown offline channel',
    '/offline/batch/',
    offlineBatch([offlineEvent({ properties: { event_channel: 'web' } })]),
    40002,
    'Batch.0.properties.event_channel: Must be email, website, phone_call, in_store, crm, other',
  ],
  [
    'a pixel of somebody else',
    '/pixel/track/',
    { ...pixelTrack(), pixel_code: 'CNOTMINE000000000001' },
    40001,
    'No permission to operate pixel code: CNOTMINE000000000001. You must be an admin or operator of this advertiser account.',
  ],
]

for (const [what, path, body, code, message] of REFUSED) {
  test(`${path} is refused with ${what}`, async (t) => {
    const tiktok = await aSimulator(t)

    const answer = await tiktok.post(V3 + path, body)

    assert.deepEqual([answer.code, answer.message], [code, message])
  })
}

test('an item of a batch says that it is a track call', async (t) => {
  const tiktok = await aSimulator(t)

  const { data } = await tiktok.post(`${V3}/pixel/batch/`, pixelBatch([aLegacyEvent({ type: undefined }), 'Purchase']))

  assert.deepEqual(data, {
    partial_failure: true,
    failed_events: [
      { order_in_batch: 0, error: 'Batch.0.type: Must be track' },
      { order_in_batch: 1, error: 'Batch.1: Not a valid object' },
    ],
  })
})

test('offline and app batches are counted at their event sources', async (t) => {
  const tiktok = await aSimulator(t)

  const offline = await tiktok.post(`${V3}/offline/batch/`, offlineBatch([offlineEvent()]))
  const app = await tiktok.post(`${V2}/app/batch/`, appBatch([aLegacyEvent({ event: 'LaunchAPP' })]))

  const { events } = await tiktok.control('GET', 'events')
  assert.deepEqual([offline.code, offline.data, app.code], [0, {}, 0])
  assert.deepEqual(
    events.map((event: Parsed) => [event.event_source, event.event_source_id]),
    [
      ['app', APP],
      ['offline', OFFLINE_SET],
    ],
  )
})

test('test_event_code beside the batch makes test events', async (t) => {
  const tiktok = await aSimulator(t)

  await tiktok.post(`${V3}/pixel/batch/`, pixelBatch([aLegacyEvent()], { test_event_code: 'TEST1' }))

  assert.equal((await tiktok.control('GET', 'events')).totals.test, 1)
})

test('retired 1.0 endpoints answer 41001', async (t) => {
  const tiktok = await aSimulator(t, { settings: { legacy_endpoints: 'retired' } })

  const { code } = await tiktok.post(`${V3}/pixel/track/`, pixelTrack())

  assert.equal(code, 41001)
})
