import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { eventTime } from './event_time.ts'

const AT = 1_767_323_045 // 2026-01-02T03:04:05Z

test('seconds, milliseconds and ISO 8601 are the same time', () => {
  for (const value of [
    AT,
    AT + 0.9,
    String(AT),
    AT * 1000,
    `${AT}999`,
    '2026-01-02T03:04:05Z',
    '2026-01-02T03:04:05.999Z',
    '2026-01-02T03:04:05.999999Z',
    '2026-01-02 03:04:05',
    '2026-01-02T03:04:05',
    '2026-01-02 03:04:05+00',
    '2026-01-02T05:04:05+02:00',
    '2026-01-02T05:04:05+0200',
    '2026-01-01 21:34:05 -05:30',
    ' 2026-01-02t03:04:05z ',
  ]) {
    assert.equal(eventTime(value), AT, String(value))
  }
})

test('a date without a time is its midnight in UTC', () => {
  assert.equal(eventTime('2026-01-02'), Date.UTC(2026, 0, 2) / 1000)
})

test('what is no time is null', () => {
  for (const value of [
    '',
    'yesterday',
    '2026-02-30',
    '2026-02-29T00:00:00Z',
    '2026-13-01',
    '02/01/2026',
    '2026-01-02T25:00:00Z',
    0,
    -5,
    Number.NaN,
    1e300,
    true,
    null,
    [],
    {},
  ]) {
    assert.equal(eventTime(value), null, JSON.stringify(value))
  }
})

test('the last of February is a day in leap years', () => {
  assert.equal(eventTime('2024-02-29'), Date.UTC(2024, 1, 29) / 1000)
})

test('every time JavaScript can print is read back to the second', () => {
  fc.assert(
    fc.property(fc.date({ min: new Date('1980-01-01'), max: new Date('2200-01-01'), noInvalidDate: true }), (date) => {
      const seconds = Math.floor(date.getTime() / 1000)
      assert.equal(eventTime(date.toISOString()), seconds)
      assert.equal(eventTime(date.getTime()), seconds)
    }),
  )
})
