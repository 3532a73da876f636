import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MetricChoice, ReportChoices } from '../../../src/server/contract_streams.ts'
import type { ReportSpec } from '../api/specs.ts'
import { clashesOf, FIRST_REPORT, toggled, withoutClashes } from './draft.ts'

const choice = (name: string, illegal: string | null = null) => ({ name, about: '', illegal, locked: false })
const choices: ReportChoices = {
  types: [choice('basic'), choice('audience')],
  dataLevels: [choice('ad')],
  aggregations: [choice('day'), choice('hour', 'not in Audience')],
  dimensions: [choice('country_code'), choice('age', 'only in Audience')],
  metrics: [choice('spend'), choice('form', 'not in Audience')] as MetricChoice[],
}
const report: ReportSpec = { ...FIRST_REPORT, dimensions: ['country_code', 'age'], metrics: ['spend', 'form', 'gone'] }

test('what TikTok would refuse is named with the reason, and can be taken out at once', () => {
  const clashes = clashesOf(report, choices)

  assert.deepEqual(
    clashes.map(({ field, name, why }) => [field, name, why]),
    [
      ['dimensions', 'age', 'only in Audience'],
      ['metrics', 'form', 'not in Audience'],
      ['metrics', 'gone', 'TikTok knows no such name'],
    ],
  )
  const mended = withoutClashes(report, clashes)
  assert.deepEqual([mended.dimensions, mended.metrics], [['country_code'], ['spend']])
  assert.deepEqual(clashesOf(mended, choices), [])
})

test('a name is put in at the end, and taken out where it was', () => {
  assert.deepEqual(toggled(['spend'], 'clicks'), ['spend', 'clicks'])
  assert.deepEqual(toggled(['spend', 'clicks'], 'spend'), ['clicks'])
})
