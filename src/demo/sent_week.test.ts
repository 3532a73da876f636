import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { dueWeek, rememberWeek } from './sent_week.ts'

const NOW = Date.parse('2026-11-21T12:00:00Z')
const DAY_MS = 86_400_000

function aFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'backbeat-week-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test('the first start has a week to send, which ends now', (t) => {
  assert.deepEqual(dueWeek(aFolder(t), 1, NOW), { seed: 1, endsAt: NOW })
})

test('a week that was sent is not sent again for seven days', (t) => {
  const folder = aFolder(t)
  rememberWeek(folder, { seed: 1, endsAt: NOW }, true)

  assert.equal(dueWeek(folder, 1, NOW + 6 * DAY_MS), null)
  assert.deepEqual(dueWeek(folder, 1, NOW + 7 * DAY_MS), { seed: 1, endsAt: NOW + 7 * DAY_MS })
})

test('a week that was cut off is sent again as it was', (t) => {
  const folder = aFolder(t)
  rememberWeek(folder, { seed: 1, endsAt: NOW }, false)

  assert.deepEqual(dueWeek(folder, 1, NOW + DAY_MS), { seed: 1, endsAt: NOW })
})

test('another seed is another week', (t) => {
  const folder = aFolder(t)
  rememberWeek(folder, { seed: 1, endsAt: NOW }, true)

  assert.deepEqual(dueWeek(folder, 2, NOW + DAY_MS), { seed: 2, endsAt: NOW + DAY_MS })
})
