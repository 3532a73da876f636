import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compareWithSegment } from './fql_compare.ts'
import { printTrigger } from './fql_print.ts'
import { readLikeSegment } from './fql_segment.ts'

const SAME = [
  'event = "Order Completed"',
  'event="Order Completed"',
  'type = "track" and event = "Order Completed"',
  'type = "page" or type = "screen" or event = "A"',
  'type = "track" and (event = "A" or event = "B")',
  'properties.revenue > 10 and traits.vip = true and context.page.path != null',
  'properties.balance = -1.5',
  'properties.size != 10',
  'userId = null or name != "x"',
  'contains(event, "Order") and !contains(properties.coupon, "TEST")',
  'match(event, "Order*") or !match(traits.email, "*@example.com")',
  'match(event, "*")',
  'properties.products.\\0.id = "x"',
  'properties.product\\ 1.price > 5',
]

test('plain triggers mean the same to Segment', () => {
  for (const text of SAME) assert.deepEqual(compareWithSegment(text), { same: true }, text)
})

/** Text, our reading (null: refused), Segment's reading. */
const DIFFERENT = [
  ["event = 'Order Completed'", 'event = "Order Completed"', 'event = "\'Order Completed\'"'],
  ['type = "track" and anonymousId = "x"', 'type = "track" and anonymousId = "x"', 'type = "track"'],
  ['type = "track" and messageId = "x"', 'type = "track" and messageId = "x"', 'type = "track"'],
  ['type = "track" and groupId = "x"', 'type = "track" and groupId = "x"', 'type = "track"'],
  ['type = "track" and integrations.All = true', 'type = "track" and integrations.All = true', 'type = "track"'],
  ['type = "track" and writeKey = "x"', null, 'type = "track"'],
  ['anonymousId = "x"', 'anonymousId = "x"', 'never'],
  [
    'event = "A" and type = "B" or name = "C"',
    'event = "A" and type = "B" or name = "C"',
    'event = "A" or type = "B" or name = "C"',
  ],
  [
    'event = "A" or type = "B" and name = "C"',
    'event = "A" or type = "B" and name = "C"',
    'event = "A" and type = "B" and name = "C"',
  ],
  ['event = "A" OR event = "B"', 'event = "A" or event = "B"', 'event = "A" and event = "B"'],
  ['event = "A" or(event = "B")', 'event = "A" or event = "B"', 'event = "A" and event = "B"'],
  ['!(event = "A")', '!(event = "A")', 'event = "A"'],
  [
    'type="track" and (contains(event,"Zzz") or event="A")',
    'type = "track" and (contains(event, "Zzz") or event = "A")',
    'type = "track" or contains(event, "Zzz") or event = "A"',
  ],
  ['((event = "A" or event = "B") and type = "track")', '(event = "A" or event = "B") and type = "track"', 'never'],
  ['properties.revenue>9.5', 'properties.revenue > 9.5', 'never'],
  ['event !="A"', 'event != "A"', 'never'],
  ['properties.revenue >=5', 'properties.revenue >= 5', 'never'],
  ['properties.revenue > 1e5', 'properties.revenue > 100000', 'properties.revenue > 1'],
  ['lowercase(event) = "a"', 'lowercase(event) = "a"', 'never'],
  ['type = "track" and length(userId) > 3', 'type = "track" and length(userId) > 3', 'never'],
  ['type = "track" and event in ["A"]', 'type = "track" and event in ["A"]', 'never'],
  ['type = "track" and exists(userId)', 'type = "track" and userId != null', 'never'],
  ['properties.products[0].id = "x"', 'properties.products.0.id = "x"', 'never'],
  ['properties.products.0.id = "x"', 'properties.products.0.id = "x"', 'never'],
  ['properties.a\\.b = 1', 'properties.a\\.b = 1', 'properties.a.b = 1'],
  ['event = "He said \\"hi\\""', 'event = "He said \\"hi\\""', 'never'],
  ['event = "a\\\\b"', 'event = "a\\\\b"', 'event = "a\\\\\\\\b"'],
  ['type = track', null, 'type = "track"'],
  ['event = "A" and', null, 'event = "A"'],
  ['type =', null, 'type = "eos"'],
  ['type', null, 'never'],
  ['', null, 'never'],
  [' ', null, 'never'],
  ['event.name = "A"', null, 'event = "A"'],
  ['properties = null', 'properties = null', 'properties.properties = null'],
  ['event = null', 'event = null', 'event = "null"'],
  ['type != null', 'type != null', 'type != "null"'],
  ['name = true', 'name = true', 'name = "true"'],
  ['event = 10', 'event = 10', 'event = "10"'],
  ['properties.vip != true', null, 'properties.vip != "true"'],
  ['properties.size < "5"', null, 'properties.size < 5'],
  ['match(event, "Order*Completed")', 'match(event, "Order*Completed")', 'match(event, "*rder\\\\*Completed")'],
  ['match(event, "Order Completed")', 'match(event, "Order Completed")', 'match(event, "*rder Completed")'],
  ['match(event, "Order?*")', 'match(event, "Order?*")', 'match(event, "Order\\\\?*")'],
  ["match(event, 'Order*')", 'match(event, "Order*")', 'match(event, "*Order\\\\*\'")'],
  ['match(event, "[A]*")', null, 'match(event, "\\\\[A]*")'],
  ['contains(type, "tr") and event = "A"', 'contains(type, "tr") and event = "A"', 'event = "A"'],
] as const

test("Segment's other readings are found, and both are told", () => {
  for (const [text, ours, theirs] of DIFFERENT) {
    const comparison = compareWithSegment(text)

    assert.equal(comparison.same, false, text)
    if (ours === null) assert.match(comparison.ours, /^Cannot read the trigger at line 1/, text)
    else assert.equal(comparison.ours, ours)
    assert.equal(comparison.theirs, theirs, text)
  }
})

test('a difference is explained by what Segment does', () => {
  const why = (text: string) => {
    const comparison = compareWithSegment(text)
    return comparison.same ? null : comparison.why
  }

  assert.equal(why('type = "track" and anonymousId = "x"'), 'Segment drops anonymousId = "x"')
  assert.equal(why('event = 10'), 'Segment reads event = "10" where the text says event = 10')
  assert.equal(why('properties.revenue>9.5'), 'Segment cannot read this text and never fires')
  assert.equal(
    why('event = "A" or type = "B" and name = "C"'),
    'Segment ignores !( … ) and joins all conditions by the last connective',
  )
  assert.equal(why('type = track'), 'Backbeat refuses this text')
})

test('a text Segment cannot read never fires', () => {
  for (const text of [
    '',
    ' ',
    'event',
    '(event = "A"',
    'type = "track" and ((event = "A"))',
    'event @ "A"',
    'contains(event',
  ])
    assert.equal(printTrigger(readLikeSegment(text)), 'never', text)
})
