import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { JsonObject } from '../core/json.ts'
import { createTikTok } from '../tiktok/client.ts'
import { webEvents } from './web_events.ts'
import { webEventsFields } from './web_events_fields.ts'

const destination = webEvents({
  tiktok: createTikTok({ accessToken: 't', baseUrl: 'http://127.0.0.1:1' }),
  eventSource: 'web',
  eventSourceId: 'CPIXEL',
  unsupportedCurrency: 'drop_value',
})

/** The note of one field, as `[from, rule, to]`. */
function noteOf(field: string, row: JsonObject): string[] | undefined {
  const note = destination.explain(row).find((one) => one.field === field)
  return note && [note.from, note.rule, note.to]
}

const EMAIL = '848a771458438fc2ec420560d769fb9b9b86851ee338ec56517baabd79d3bb4f'

test('an identifier is shown masked, with what was done to it and its digest', () => {
  assert.deepEqual(noteOf('email', { email: ' ALICE_abc@gmail.com' }), [
    'A***@g***.com',
    'trimmed and lower-cased, SHA-256',
    EMAIL,
  ])
  assert.deepEqual(noteOf('phone', { phone: '+1 (213) 373-4253' })?.[0], '+1***4253')
  assert.deepEqual(noteOf('email', { email: EMAIL.toUpperCase() }), [EMAIL.toUpperCase(), 'SHA-256 already', EMAIL])
})

test('what is left out says why', () => {
  assert.deepEqual(noteOf('phone', { phone: '2133734253' }), [
    '2***4253',
    'Left out user.phone 2***: it has no country code, and the destination has no default country',
    '',
  ])
  assert.deepEqual(noteOf('referrer', { referrer: '$direct' }), [
    '$direct',
    'left out: as it is; left out unless http or https',
    '',
  ])
  const dropped = 'Left out properties.value and properties.currency: TikTok does not take "UYU"'
  assert.deepEqual(noteOf('value', { value: 5, currency: 'UYU' }), ['5', dropped, ''])
})

test('a click id taken from the address of the page is a note of its own, in place of a mapped one', () => {
  const url = 'https://shop.example.com/?email=ann@example.com&ttclid=E.C.P.new'
  const notes = destination.explain({ url, ttclid: 'E.C.P.old' })

  assert.deepEqual(
    notes.filter(({ field }) => field === 'ttclid'),
    [
      {
        field: 'ttclid',
        from: 'https://shop.example.com/?***',
        rule: 'taken from the query of url, decoded',
        to: 'E***',
      },
    ],
  )
})

test('an old event name says under which name TikTok shows it', () => {
  assert.deepEqual(noteOf('event', { event: 'CompletePayment' }), [
    'CompletePayment',
    'as it is; TikTok shows it as Purchase',
    'CompletePayment',
  ])
})

test('every field has a note when it is mapped, and no note when it is not', () => {
  const row = Object.fromEntries(
    Object.entries(webEventsFields).map(([field, { example }]) => [field, example]),
  ) as JsonObject

  assert.deepEqual(
    destination
      .explain(row)
      .map(({ field }) => field)
      .sort(),
    Object.keys(webEventsFields).sort(),
  )
  assert.ok(destination.explain(row).every(({ from, to }) => from !== '' && to !== ''))
  assert.deepEqual(destination.explain({ email: null }), [])
})

test('no note holds a personal value of the row', () => {
  const personal: JsonObject = {
    email: ['ann@example.com', 'bob@example.com'],
    phone: '+12133734253',
    external_id: 'customer-4711',
    first_name: 'Annabel',
    last_name: 'Smithson',
    ip: '203.0.113.77',
    zip_code: 'SW1A 1AA',
    city: 'Springfield',
    url: 'https://shop.example.com/?email=ann@example.com',
  }
  const notes = JSON.stringify(destination.explain(personal))

  for (const secret of ['ann@', 'bob@', '373', '4711', 'nnabel', 'mithson', '.113.', '1AA', 'pringfield']) {
    assert.ok(!notes.includes(secret), secret)
  }
})
