import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CRON, PRESETS, presetOf, scheduleText } from './schedule.ts'

test('a schedule reads as people say it', () => {
  assert.deepEqual(
    [
      null,
      { every_minutes: 45 },
      { every_minutes: 60 },
      { cron: '5 6 * * *' },
      { cron: '0 6 * * 1', zone: 'Asia/Tokyo' },
    ].map(scheduleText),
    ['Only when told to', 'Every 45 minutes', 'Every hour', 'Daily at 06:05 UTC', 'Cron 0 6 * * 1, Asia/Tokyo'],
  )
})

test('every preset is found again, and says what its schedule says', () => {
  for (const { value, label, schedule } of PRESETS) {
    assert.equal(presetOf(schedule), value)
    assert.equal(scheduleText(schedule), label)
  }
  assert.equal(presetOf({ cron: '30 12 * * *', zone: 'Europe/Berlin' }), CRON)
})
