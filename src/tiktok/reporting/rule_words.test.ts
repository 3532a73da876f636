import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkReport, type ReportDraft } from './check_report.ts'
import { dimensions } from './dimensions.ts'
import { metrics } from './metrics.ts'
import { DATA_LEVELS } from './report_words.ts'
import { RULE_WORDS } from './rule_words.ts'
import { REPORT_RULES } from './rules.ts'

const anyDraft = fc.record({
  type: fc.constantFrom('basic', 'audience'),
  data_level: fc.constantFrom(...DATA_LEVELS),
  aggregation: fc.constantFrom('hour', 'day', 'lifetime'),
  dimensions: fc.array(fc.constantFrom(...dimensions.keys(), 'moon'), { maxLength: 4 }),
  metrics: fc.array(fc.constantFrom(...metrics.keys(), 'moons'), { minLength: 1, maxLength: 120 }),
  filters: fc.array(
    fc.record({
      field: fc.constantFrom('campaign_ids', 'ad_ids_v2', 'ad_status', 'adgroup_status', 'buying_type', 'country_code'),
      type: fc.constantFrom('IN', 'MATCH', 'BETWEEN', 'LIKE'),
      values: fc.array(fc.constantFrom('1', 'RESERVATION_TOP_VIEW', 'AUCTION'), { minLength: 1, maxLength: 3 }),
    }),
    { maxLength: 2 },
  ),
})

const rulesMet = (draft: ReportDraft): readonly string[] =>
  checkReport(draft).flatMap(({ rule }) => (rule === null ? [] : [rule]))

test('every rule has words, and words stand for a rule', () => {
  const ids = REPORT_RULES.flatMap(({ id }) => id ?? [])

  assert.deepEqual([...new Set(ids)].sort(), Object.keys(RULE_WORDS).sort())
})

test('a report of one’s own meets only rules that are said to be met by people', () => {
  fc.assert(
    fc.property(anyDraft, (draft) => {
      for (const rule of rulesMet(draft)) assert.equal(RULE_WORDS[rule]?.isMetBy, 'people', rule)
    }),
    { numRuns: 2000 },
  )
})

test('every rule that is said to be met by people can be met', () => {
  const met = new Set(fc.sample(anyDraft, { numRuns: 20_000, seed: 7 }).flatMap(rulesMet))

  const never = Object.entries(RULE_WORDS).filter(([id, { isMetBy }]) => isMetBy === 'people' && !met.has(id))
  assert.deepEqual(never, [])
})
