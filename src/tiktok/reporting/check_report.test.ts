import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkReport, type ReportDraft, wireDimensionsOf } from './check_report.ts'
import { reportChoices } from './choices.ts'
import { dimensions } from './dimensions.ts'
import { columnName, metrics } from './metrics.ts'
import { DATA_LEVELS } from './report_words.ts'

const aDraft = (changes: Partial<ReportDraft> = {}): ReportDraft => ({
  type: 'basic',
  data_level: 'ad',
  dimensions: [],
  aggregation: 'day',
  metrics: ['spend'],
  ...changes,
})

test('a problem tells its place in the report, what clashes with what, and by which rule', () => {
  const draft = aDraft({ dimensions: ['country_code'], metrics: ['spend', 'checkout', 'campaign_id'] })

  assert.deepEqual(checkReport(draft), [
    { path: 'metrics[1]', message: 'checkout does not go with country_code; leave one of them out', rule: 'R12' },
  ])
})

test('what the level and the time bring along is told at the level and the time', () => {
  const [problem] = checkReport(aDraft({ type: 'audience', dimensions: ['age'], aggregation: 'hour' }))

  assert.deepEqual([problem?.path, problem?.rule], ['aggregation', 'R06'])
  assert.deepEqual(
    checkReport(aDraft({ type: 'audience', dimensions: ['age'], aggregation: 'lifetime' })).map(({ path }) => path),
    ['aggregation'],
  )
  assert.deepEqual(
    checkReport(aDraft({ filters: [{ field: 'campaign_status', type: 'IN', values: ['STATUS_ALL'] }] })).map(
      ({ path }) => path,
    ),
    ['filters[0]'],
  )
})

test('the id of the level and the time come by themselves, and may be given too', () => {
  assert.deepEqual(wireDimensionsOf(aDraft()), ['ad_id', 'stat_time_day'])
  assert.deepEqual(checkReport(aDraft({ dimensions: ['ad_id', 'stat_time_day'] })), [])
  assert.deepEqual(wireDimensionsOf(aDraft({ dimensions: ['ad_id_v2', 'country_code'], aggregation: 'lifetime' })), [
    'ad_id_v2',
    'country_code',
  ])
})

test('more metrics than one call may hold are no problem, since they are asked for in several', () => {
  const figures = [...metrics.values()].filter(({ group, newName }) => group === 'app_event' && newName === null)

  assert.ok(figures.length > 200)
  assert.deepEqual(checkReport(aDraft({ metrics: figures.map(({ name }) => name) })), [])
})

test('what TikTok gives no series of days for is asked for by day', () => {
  const draft = aDraft({ type: 'audience', dimensions: ['interest_category_v2'] })

  assert.deepEqual(checkReport(draft), [])
  assert.deepEqual(wireDimensionsOf(draft), ['ad_id', 'interest_category_v2'])
})

test('every figure that may be chosen passes the check, and every other does not', () => {
  for (const type of ['basic', 'audience'] as const) {
    for (const data_level of DATA_LEVELS) {
      for (const name of type === 'basic' ? ['', 'country_code', 'search_terms'] : ['age', 'hashtag']) {
        const draft = aDraft({ type, data_level, dimensions: name === '' ? [] : [name], metrics: [] })
        if (checkReport(draft).length > 0) continue
        for (const choice of reportChoices(draft).metrics) {
          const problems = checkReport({ ...draft, metrics: [choice.name] })
          assert.equal(choice.illegal, problems[0]?.message ?? null, `${JSON.stringify(draft)} ${choice.name}`)
        }
      }
    }
  }
})

test('every breakdown that may be chosen passes the check, and every other does not', () => {
  const begun = [
    ...(['hour', 'day', 'lifetime'] as const).map((aggregation) => aDraft({ aggregation, metrics: [] })),
    aDraft({ type: 'audience', metrics: [] }),
  ]
  for (const draft of begun) {
    const breakdowns = reportChoices(draft).dimensions.filter(({ name }) => dimensions.get(name)?.kind === 'breakdown')
    for (const { name, illegal } of breakdowns) {
      const messages = checkReport({ ...draft, dimensions: [name] }).map(({ message }) => message)
      assert.equal(illegal, messages[0] ?? null, `${JSON.stringify(draft)} ${name}`)
    }
  }
})

test('the choices say which dimensions come by themselves', () => {
  const choices = reportChoices({ type: 'basic', data_level: 'campaign', aggregation: 'hour' })

  assert.deepEqual(
    choices.dimensions.filter(({ locked }) => locked).map(({ name }) => name),
    ['campaign_id', 'stat_time_hour'],
  )
  assert.deepEqual(
    reportChoices({ data_level: 'ad', dimensions: ['ad_id_v2'] })
      .dimensions.filter(({ name }) => name === 'ad_id_v2')
      .map(({ locked, illegal }) => [locked, illegal]),
    [[false, null]],
  )
})

test('the choices say why a type, a level or a time may not be chosen with the rest', () => {
  const { types, dataLevels, aggregations } = reportChoices({
    type: 'basic',
    dimensions: ['search_terms'],
    data_level: 'campaign',
  })

  assert.match(types.find(({ name }) => name === 'audience')!.illegal!, /basic reports only/)
  assert.match(dataLevels.find(({ name }) => name === 'ad')!.illegal!, /does not go with a report about ads/)
  assert.equal(aggregations.find(({ name }) => name === 'day')!.illegal, null)
  const byAge = reportChoices({ type: 'audience', dimensions: ['age'] })
  assert.match(byAge.aggregations.find(({ name }) => name === 'lifetime')!.illegal!, /only basic reports/)
  assert.equal(reportChoices({ type: 'basic' }).types[1]!.illegal, null)
})

test('a breakdown that is chosen makes the others illegal, but for its pair', () => {
  const legal = reportChoices({ type: 'audience', dimensions: ['age'] }).dimensions.filter(
    ({ illegal }) => illegal === null,
  )

  assert.deepEqual(
    legal.map(({ name }) => name),
    ['ad_id', 'ad_id_v2', 'stat_time_day', 'age', 'gender'],
  )
})

test('the old name of a figure is illegal beside the new one', () => {
  const twin = reportChoices({ metrics: ['total_pageview'] }).metrics.find(({ name }) => name === 'page_browse_view')

  assert.match(twin!.illegal!, /old name of total_pageview/)
})

test('a figure is as late as the slowest thing it is cut by, and adds up where rows do not overlap', () => {
  const spendOf = (names: readonly string[], type: 'basic' | 'audience' = 'audience') =>
    reportChoices({ type, dimensions: names }).metrics.find(({ name }) => name === 'spend')!.column

  assert.deepEqual([spendOf([], 'basic').latencyHours, spendOf([], 'basic').totals], [null, 'sum'])
  assert.deepEqual([spendOf(['age']).latencyHours, spendOf(['age']).totals], [16, 'sum'])
  assert.deepEqual([spendOf(['purchase_intention']).latencyHours, spendOf(['purchase_intention']).totals], [24, 'none'])
})

test('columns are named as Fivetran names them, and no two alike', () => {
  assert.equal(columnName('video_watched_2s'), 'video_watched_2_s')
  assert.equal(columnName('video_views_p25'), 'video_views_p_25')
  assert.equal(columnName('interest_category_v2'), 'interest_category_v_2')
  assert.equal(columnName('cost_per_1000_reached'), 'cost_per_1000_reached')
  const names = [...new Set([...metrics.keys(), ...dimensions.keys()])].map(columnName)
  assert.equal(new Set(names).size, names.length)
})

test('every metric is explained in a short sentence, and what a formula or a new name refers to exists', () => {
  for (const { name, about, formula, newName, totals } of metrics.values()) {
    assert.match(about, /^[A-Z].{3,139}[^.]$/, name)
    assert.equal(formula !== null, totals === 'recompute', name)
    for (const operand of formula?.match(/[a-z]\w+/g) ?? []) assert.equal(metrics.get(operand)?.totals, 'sum', name)
    if (newName !== null) assert.ok(metrics.has(newName), name)
  }
})
