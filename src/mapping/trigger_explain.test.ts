import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseTrigger } from './fql_parse.ts'
import { explainTrigger } from './trigger_explain.ts'

test('an explanation gives every condition with the value found and its verdict', () => {
  const trigger = parseTrigger('type = "track" and (properties.revenue > 10 or !(userId = null))')
  const event = { type: 'track', properties: { revenue: 5 }, anonymousId: 'a' }

  assert.deepEqual(explainTrigger(trigger, event), {
    kind: 'and',
    matched: false,
    parts: [
      { kind: 'condition', text: 'type = "track"', field: 'type', found: 'track', matched: true },
      {
        kind: 'or',
        matched: false,
        parts: [
          {
            kind: 'condition',
            text: 'properties.revenue > 10',
            field: 'properties.revenue',
            found: 5,
            matched: false,
          },
          {
            kind: 'not',
            matched: false,
            parts: [{ kind: 'condition', text: 'userId = null', field: 'userId', matched: true }],
          },
        ],
      },
    ],
  })
})

test('a value found is the one in the event, before any function', () => {
  const trigger = parseTrigger('lowercase(properties.plan\\ name) = "pro"')

  assert.deepEqual(explainTrigger(trigger, { properties: { 'plan name': 'PRO' } }), {
    kind: 'condition',
    text: 'lowercase(properties.plan\\ name) = "pro"',
    field: 'properties.plan\\ name',
    found: 'PRO',
    matched: true,
  })
})

test('null is told from missing', () => {
  const trigger = parseTrigger('userId = null')

  assert.ok('found' in explainTrigger(trigger, { userId: null }))
  assert.ok(!('found' in explainTrigger(trigger, {})))
})
