import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MetricChoice } from '../../../src/server/contract_streams.ts'
import { metricGroups } from './metric_groups.ts'

const metric = (name: string, group: string, illegal: string | null = null) =>
  ({ name, group, illegal, about: `How much ${name}` }) as MetricChoice
const metrics = [metric('form', 'page_event', 'not in Audience'), metric('spend', 'core'), metric('clicks', 'core')]

test('metrics stand by family, the usual ones first, and a search looks into names and sentences', () => {
  const found = (query: string, onlyLegal = false) =>
    metricGroups(metrics, { query, onlyLegal }).map(({ title, metrics: own }) => [title, own.map(({ name }) => name)])

  assert.deepEqual(found(''), [
    ['Core figures', ['spend', 'clicks']],
    ['Page events (web)', ['form']],
  ])
  assert.deepEqual(found('MUCH SP'), [['Core figures', ['spend']]])
  assert.deepEqual(found('', true), [['Core figures', ['spend', 'clicks']]])
  assert.deepEqual(found('nothing'), [])
})
