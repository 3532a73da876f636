import assert from 'node:assert/strict'
import { test } from 'node:test'
import { requestOf } from '../endpoint.ts'
import { blame, eventTrack } from './event_track.ts'

test('the body is the envelope with the texts of the events in it', () => {
  const params = {
    event_source: 'web',
    event_source_id: 'C"1',
    partner_name: 'Backbeat',
    test_event_code: 'TEST1',
    data: ['{"event":"Search"}', '{"event":"Lead"}'],
  } as const

  const { url, body } = requestOf(eventTrack, params, 'http://127.0.0.1/open_api/v1.3')

  assert.equal(url, 'http://127.0.0.1/open_api/v1.3/event/track/')
  assert.deepEqual(JSON.parse(body), { ...params, data: [{ event: 'Search' }, { event: 'Lead' }] })
})

test('a refusal that names a position blames that event', () => {
  const named = {
    'Invalid value for data.3.event_id: not a valid string.': 3,
    'Invalid value for data[12].properties.value: not a number.': 12,
    'Batch.0.properties.contents.1.content_id: Not a valid string': 0,
    'Event at index 999 is invalid: event_source_id': 999,
  }
  for (const [message, index] of Object.entries(named)) assert.deepEqual(blame(message), { on: 'item', index }, message)
})

test('a refusal that names none blames some event', () => {
  assert.deepEqual(blame('Invalid value for event_id: not a valid string.'), { on: 'item', index: null })
  assert.deepEqual(blame(''), { on: 'item', index: null })
})

test('a refusal of the event source blames the settings', () => {
  for (const message of [
    'Invalid value for event_source: must be web, app or offline.',
    'Invalid value for event_source_id: not a valid string.',
    'No permission to operate pixel code: C1. You must be an admin or operator of this advertiser account.',
  ]) {
    assert.deepEqual(blame(message), { on: 'setting' }, message)
  }
})
