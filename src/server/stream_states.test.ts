import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RunSlice } from '../core/run.ts'
import type { StreamStanding } from '../core/standing.ts'
import type { StreamSyncSpec } from '../kinds.ts'
import { knownStreams } from '../known_streams.ts'
import { type StreamFacts, streamStates } from './stream_states.ts'

const NOW = Date.UTC(2026, 10, 21, 12)
const HOUR = 3_600_000
const ADVERTISER = { id: '7', name: 'Acme US', currency: 'USD', timezone: 'America/New_York' }
const STREAM = 'ad_report_daily'
const known = knownStreams([]).filter(({ table }) => table.name === STREAM)

const STANDING: StreamStanding = {
  run: 'r1',
  window: { from: '2026-10-22', to: '2026-11-22' },
  startedAt: NOW - HOUR - 42_000,
  endedAt: NOW - HOUR,
  read: 4310,
  added: 144,
  changed: 97,
  same: 4069,
  removed: 0,
  open: 0,
  reason: null,
  isHeld: false,
  through: { '7': '2026-11-21', '8': '2026-11-20' },
}

const aFact = (standing: Partial<StreamStanding> | null, more: Partial<StreamFacts> = {}): StreamFacts => ({
  spec: { enabled: true, schedule: { every_minutes: 60 } } as StreamSyncSpec,
  known,
  on: new Set([STREAM]),
  standing: standing && { advertisers: [ADVERTISER], streams: { [STREAM]: { ...STANDING, ...standing } } },
  running: [],
  waiting: new Map(),
  loaded: null,
  now: NOW,
  ...more,
})

test('a stream tells what its last run did, how far it goes, and what stands in the warehouse', () => {
  const slice = { advertiserId: '7', days: null, runId: 'r1', loadedAt: NOW }
  const loaded = [
    { ...slice, table: STREAM, rows: 40 },
    { ...slice, table: STREAM, rows: 2 },
    { ...slice, table: 'pixel', rows: 9 },
  ]

  const [state] = streamStates(aFact({}, { loaded, waiting: new Map([[STREAM, 2]]) }))

  assert.deepEqual(state, {
    stream: STREAM,
    group: 'report',
    mode: 'window',
    key: known[0]!.table.key,
    isOn: true,
    state: 'fresh',
    because: null,
    window: { from: '2026-10-22', to: '2026-11-22' },
    lastRunAt: NOW - HOUR,
    lastRunMs: 42_000,
    read: 4310,
    added: 144,
    changed: 97,
    same: 4069,
    removed: 0,
    rowsStored: 42,
    through: [
      { advertiserId: '7', advertiser: 'Acme US', day: '2026-11-21' },
      { advertiserId: '8', advertiser: '8', day: '2026-11-20' },
    ],
    schemaChanges: 2,
  })
})

test('one word says how a stream is, and a sentence why', () => {
  const wordOf = (facts: StreamFacts) => {
    const [{ state, because } = assert.fail()] = streamStates(facts)
    return [state, because]
  }
  const ahead = [{ stream: STREAM, state: 'waiting' }] as unknown as readonly RunSlice[]
  const done = [{ stream: STREAM, state: 'done' }] as unknown as readonly RunSlice[]
  const reason = { code: 'tiktok.unavailable', message: 'TikTok is in trouble' }

  assert.deepEqual(wordOf(aFact({})), ['fresh', null])
  assert.deepEqual(wordOf(aFact(null)), ['never_run', null])
  assert.deepEqual(wordOf(aFact({}, { on: new Set() })), ['off', null])
  assert.deepEqual(wordOf(aFact({}, { running: ahead })), ['running', null])
  assert.deepEqual(wordOf(aFact({}, { running: done })), ['fresh', null])
  assert.deepEqual(wordOf(aFact({ open: 2, reason })), ['failing', 'TikTok is in trouble'])
  assert.deepEqual(wordOf(aFact({ isHeld: true, reason: { code: 'schema.held_back', message: 'A key changed' } })), [
    'waiting_for_review',
    'A key changed',
  ])
  assert.deepEqual(wordOf(aFact({ endedAt: NOW - 2 * HOUR - 1 })), ['stale', 'A turn has gone by without a run of it'])
  assert.deepEqual(wordOf(aFact({ endedAt: NOW - 2 * HOUR + 1 })), ['fresh', null])
})
