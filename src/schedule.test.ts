import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dueAfter, scheduleProblems } from './schedule.ts'

const at = (text: string): number => Date.parse(text)

test('a cron line is due at its time in its zone, through a change of the clocks', () => {
  const daily = { cron: '30 12 * * *', zone: 'Europe/Berlin' }

  assert.equal(dueAfter(daily, at('2026-11-21T12:00:00Z')), at('2026-11-22T11:30:00Z'))
  assert.equal(dueAfter(daily, at('2026-10-24T12:00:00Z')), at('2026-10-25T11:30:00Z'))
  assert.equal(dueAfter(daily, at('2026-10-23T12:00:00Z')), at('2026-10-24T10:30:00Z'))
})

test('every so many minutes counts from the last time, and no schedule is never due', () => {
  const last = at('2026-11-21T12:00:00Z')

  assert.equal(dueAfter({ every_minutes: 15 }, last), at('2026-11-21T12:15:00Z'))
  assert.equal(dueAfter(null, last), null)
})

test('what is wrong with a schedule is told with what would be right', () => {
  const problems = (cron: string, zone = 'UTC') => scheduleProblems({ cron, zone }).map(({ path }) => path)

  assert.deepEqual(problems('30 12 * * *'), [])
  assert.deepEqual(problems('daily'), ['cron'])
  assert.deepEqual(problems('0 61 * * *'), ['cron'])
  assert.deepEqual(problems('0 0 31 2 *'), ['cron'])
  assert.deepEqual(problems('30 12 * * * *'), ['cron'])
  assert.deepEqual(problems('30 12 * * *', 'Mars/Olympus'), ['zone'])
  assert.match(scheduleProblems({ cron: 'daily', zone: 'UTC' })[0]!.message, /such as "30 12 \* \* \*"/)
})
