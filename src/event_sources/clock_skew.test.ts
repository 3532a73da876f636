import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { correctTime, parseTime } from './clock_skew.ts'

const RECEIVED = Date.parse('2026-05-01T12:00:00.000Z')
const iso = (time: number) => new Date(time).toISOString()
const sent = (original: string | number, sentAt?: string | number) => ({
  original,
  sentAt,
  receivedAt: RECEIVED,
  isServer: false,
})

test('a clock that is an hour fast or slow cancels out', () => {
  const fast = correctTime(sent('2026-05-01T12:59:30.000Z', '2026-05-01T13:00:00.000Z'))
  const slow = correctTime(sent('2026-05-01T10:59:30.000Z', '2026-05-01T11:00:00.000Z'))

  assert.deepEqual(fast, { timestamp: RECEIVED - 30_000, warnings: [] })
  assert.deepEqual(slow, { timestamp: RECEIVED - 30_000, warnings: [] })
})

test('an import from 2012 keeps its year', () => {
  const { timestamp } = correctTime(sent('2012-12-02T00:30:08.276Z', '2026-05-01T11:59:59.000Z'))

  assert.equal(iso(timestamp), '2012-12-02T00:30:09.276Z')
})

test('without a time of sending the time of the event is taken as it is', () => {
  assert.equal(correctTime(sent('2026-05-01T10:00:00.000Z')).timestamp, Date.parse('2026-05-01T10:00:00.000Z'))
  assert.equal(correctTime(sent('2026-05-01T10:00:00.000Z', 'soon')).timestamp, Date.parse('2026-05-01T10:00:00.000Z'))
})

test('a batch that lay on a server for days keeps the times of its events', () => {
  const times = sent('2026-04-20T10:00:00.000Z', '2026-04-20T10:00:01.000Z')

  assert.equal(iso(correctTime({ ...times, isServer: true }).timestamp), '2026-04-20T10:00:00.000Z')
  assert.equal(correctTime(times).timestamp, RECEIVED - 1000, 'a device may well be days off')
})

test('a time no sender can mean is replaced by the time of receipt, with a warning', () => {
  const codeOf = (original: string | number, sentAt?: string) => {
    const { timestamp, warnings } = correctTime(sent(original, sentAt))
    assert.equal(timestamp, RECEIVED)
    return warnings.map(({ code }) => code).join()
  }

  assert.equal(codeOf('tomorrow'), 'ingest.time_unreadable')
  assert.equal(codeOf('2026-05-01T12:05:00.001Z'), 'ingest.time_in_future')
  assert.equal(codeOf('9999-12-31T23:59:59.999Z'), 'ingest.time_in_future')
  assert.equal(codeOf('0001-01-01T00:00:00Z'), 'ingest.time_out_of_range')
  assert.equal(codeOf('2026-05-01T10:00:00.000Z', '9999-12-31T23:59:59.999Z'), 'ingest.time_out_of_range')
})

test('five minutes ahead are forgiven', () => {
  assert.deepEqual(correctTime(sent('2026-05-01T12:05:00.000Z')), { timestamp: RECEIVED + 300_000, warnings: [] })
})

test('times are read in every spelling senders use', () => {
  const spellings: readonly (readonly [string | number, string])[] = [
    ['2026-11-21T20:57:45.133Z', '2026-11-21T20:57:45.133Z'],
    ['2026-11-21T21:02:21.821928+00:00', '2026-11-21T21:02:21.821Z'],
    ['2026-11-21T22:02:21+0100', '2026-11-21T21:02:21.000Z'],
    ['2026-11-21T22:02:21+01', '2026-11-21T21:02:21.000Z'],
    ['2026-11-21T16:02:21-05:00', '2026-11-21T21:02:21.000Z'],
    ['2026-11-21 21:02:21', '2026-11-21T21:02:21.000Z'],
    ['2026-11-21 21:02:21 +0000', '2026-11-21T21:02:21.000Z'],
    ['2026-11-21T21:02:21,5Z', '2026-11-21T21:02:21.500Z'],
    ['2026-11-21t21:02:21z', '2026-11-21T21:02:21.000Z'],
    ['2026-11-21T21:02', '2026-11-21T21:02:00.000Z'],
    ['2026-11-21', '2026-11-21T00:00:00.000Z'],
    [1795294665133, '2026-11-21T20:57:45.133Z'],
    ['1795294665133', '2026-11-21T20:57:45.133Z'],
    [1795294665, '2026-11-21T20:57:45.000Z'],
    [1795294665.133, '2026-11-21T20:57:45.133Z'],
  ]

  for (const [written, meant] of spellings) assert.equal(iso(parseTime(written)!), meant, String(written))
})

test('what is not a time is not read as one', () => {
  const others = [
    '',
    'now',
    '1',
    '12',
    '2026',
    '2026-13-01',
    '2026-11-21T25:00:00Z',
    'Sat Nov 21 2026',
    true,
    null,
    {},
    [],
  ]

  for (const other of others) assert.equal(parseTime(other), null, JSON.stringify(other))
})

test('whatever the sender writes, the result lies between 1970 and five minutes from now', () => {
  const anyTime = fc.oneof(
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
    fc.double(),
    fc.string(),
    fc.constant(null),
  )

  fc.assert(
    fc.property(anyTime, anyTime, fc.boolean(), (original, sentAt, isServer) => {
      const { timestamp } = correctTime({ original, sentAt, receivedAt: RECEIVED, isServer })
      assert.ok(timestamp >= 0 && timestamp <= RECEIVED + 300_000)
    }),
  )
})
