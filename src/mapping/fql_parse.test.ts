import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseTrigger } from './fql_parse.ts'
import { printTrigger } from './fql_print.ts'
import type { Scalar, Trigger } from './trigger.ts'
import { showTriggerError, TriggerError } from './trigger_error.ts'

const equal = (field: string, value: Scalar): Trigger => ({
  kind: 'equal',
  of: { path: field.split('.'), through: null },
  value,
})

const refusal = (text: string): TriggerError => {
  try {
    parseTrigger(text)
  } catch (error) {
    if (error instanceof TriggerError) return error
    throw error
  }
  return assert.fail(`${text} was read`)
}

test('and binds tighter than or', () => {
  const trigger = parseTrigger('event = "A" or event = "B" and type = "track"')

  assert.deepEqual(trigger, {
    kind: 'or',
    parts: [equal('event', 'A'), { kind: 'and', parts: [equal('event', 'B'), equal('type', 'track')] }],
  })
})

test('parentheses nest and override precedence', () => {
  const trigger = parseTrigger('((event = "A" or event = "B") and !(type = "page"))')

  assert.deepEqual(trigger, {
    kind: 'and',
    parts: [
      { kind: 'or', parts: [equal('event', 'A'), equal('event', 'B')] },
      { kind: 'not', part: equal('type', 'page') },
    ],
  })
})

const SPELLINGS = [
  ['event = "A" AND type = "track" Or name = "n"', 'event = "A" and type = "track" or name = "n"'],
  ["event = 'Order Completed'", 'event = "Order Completed"'],
  ["event = 'it\\'s \"it\"'", 'event = "it\'s \\"it\\""'],
  ['event = "tab\\t line\\n \\u00e9 \\\\ \\""', 'event = "tab\\t line\\n é \\\\ \\""'],
  ['properties.revenue>9.5', 'properties.revenue > 9.5'],
  ['properties.revenue>=-1.5e3', 'properties.revenue >= -1500'],
  ['properties.revenue<1E-7', 'properties.revenue < 1e-7'],
  ['properties.balance=-0', 'properties.balance = 0'],
  ['event!="A"', 'event != "A"'],
  ['properties.products[0].id = "x"', 'properties.products.0.id = "x"'],
  ['properties.products.\\0.id = "x"', 'properties.products.0.id = "x"'],
  ['properties.product\\ 1.price = null', 'properties.product\\ 1.price = null'],
  ['properties.a\\.b\\[0\\] = true', 'properties.a\\.b\\[0\\] = true'],
  ['type in [\'track\', "page"]', 'type in ["track", "page"]'],
  ['properties.size in(1,null,true)', 'properties.size in [1, null, true]'],
  ['event in["A"]', 'event in ["A"]'],
  ['exists(userId) and !exists(anonymousId)', 'userId != null and anonymousId = null'],
  ['not (event = "A") and NOT contains(event, "B")', '!(event = "A") and !contains(event, "B")'],
  ['! match ( event , "A*" )', '!match(event, "A*")'],
  ['length(properties.products) > 1', 'length(properties.products) > 1'],
  ['contains(lowercase(event), "order")', 'contains(lowercase(event), "order")'],
  ['uppercase(traits.plan) in ["PRO"]', 'uppercase(traits.plan) in ["PRO"]'],
  ['typeof(properties.revenue) = "number"', 'typeof(properties.revenue) = "number"'],
  ['integrations.TikTok\\ Conversions.ttclid != null', 'integrations.TikTok\\ Conversions.ttclid != null'],
  ['type = "track" or(event = "A")and(name = "B")', 'type = "track" or event = "A" and name = "B"'],
  ['\r\n\tevent\n=\n"A"\n', 'event = "A"'],
  ['context = null', 'context = null'],
  ['traits.\\😀 = 1', 'traits.\\😀 = 1'],
] as const

test('every spelling is read as its canonical form', () => {
  for (const [text, canonical] of SPELLINGS) assert.equal(printTrigger(parseTrigger(text)), canonical, text)
})

test('a trigger is plain JSON', () => {
  const trigger = parseTrigger('!(length(event) > 3 or match(event, "A*")) and properties.x in ["a", null, -0]')

  assert.deepEqual(JSON.parse(JSON.stringify(trigger)), trigger)
})

/** Text, index of the character at fault, and what the message must say. */
const REFUSED = [
  ['', 0, 'found the end of the text; write a condition, such as event = "Order Completed"'],
  ['  \n', 3, 'found the end of the text; write a condition, such as event = "Order Completed"'],
  ['event', 5, 'found the end of the text; write = != < <= > >= or in after the field'],
  ['type =', 6, 'found the end of the text; write a text in quotes, a number, true, false or null'],
  ['type = track', 7, 'found the bare word track; write "track"'],
  ['properties.vip = TRUE', 17, 'found the bare word TRUE; write true'],
  ['event = "A" and', 15, 'found the end of the text; write a condition, such as event = "Order Completed"'],
  ['event = "A" and and type = "track"', 16, 'found "and"; write a condition, such as event = "Order Completed"'],
  ['event = "A" type = "track"', 12, 'found "type"; join conditions with "and" or "or"'],
  ['event = "A" && type = "track"', 12, 'found "&"; write and'],
  ['event = "A" || type = "track"', 12, 'found "|"; write or'],
  ['event ~ "A"', 6, 'found "~"; write contains(field, "text") or match(field, "text*")'],
  ['event == "A"', 6, 'found "=="; write = != < <= > >= or in after the field'],
  ['event = “A”', 8, 'found "“"; write straight quotes'],
  ['event = "A', 8, 'the text has no closing quote'],
  ['event = "a\\qb"', 10, 'unknown escape "\\q"; write "\\\\" for a backslash'],
  ['event = "a\\u00zz"', 10, 'unknown escape "\\u"; write "\\\\" for a backslash'],
  ['(event = "A"', 12, 'found the end of the text; write "and", "or" or a closing ")"'],
  ['event = "A")', 11, 'found ")"; join conditions with "and" or "or"'],
  ['type = "track" and ()', 20, 'found ")"; write a condition, such as event = "Order Completed"'],
  ['!event = "A"', 1, 'found "event"; write !( … ) around what is negated'],
  ['writeKey = "x"', 0, 'unknown field "writeKey"; did you mean "properties.writeKey"?'],
  ['type = "track" and anonymousID = "x"', 19, 'unknown field "anonymousID"; did you mean "anonymousId"?'],
  ['propertys.plan.tier = "x"', 0, 'unknown field "propertys.plan.tier"; did you mean "properties.plan.tier"?'],
  ['revenue > 5', 0, 'unknown field "revenue"; did you mean "properties.revenue"?'],
  ['constructor.name = "x"', 0, 'unknown field "constructor.name"; did you mean "properties.constructor.name"?'],
  ['event.name = "x"', 0, '"event.name" cannot exist; "event" holds one value and no fields'],
  ['properties. = 1', 12, 'found "="; write the name of a field after the dot'],
  ['properties.größe = 1', 13, 'found "ö"; in a field name, write a backslash before it'],
  ['properties.vip or type = "page"', 15, 'found "or"; write = != < <= > >= or in after the field'],
  ['"a" in properties.tags', 0, 'found a text; write a condition, such as event = "Order Completed"'],
  ['properties.vip != true', 15, '"!= true" leaves a missing field open; write = false, or !( … = true )'],
  ['properties.vip != false', 15, '"!= false" leaves a missing field open; write = true, or !( … = false )'],
  ['properties.revenue > "9"', 21, '> compares numbers; write one without quotes'],
  ['properties.revenue <= null', 22, '<= compares numbers; write one without quotes'],
  ['properties.x = .5', 15, 'found ".5"; write a text in quotes, a number, true, false or null'],
  ['properties.x = 5.', 15, 'found "5."; write a text in quotes, a number, true, false or null'],
  ['properties.x = 12abc', 15, 'found "12abc"; write a text in quotes, a number, true, false or null'],
  [
    'properties.id = 9007199254740993',
    16,
    'the number 9007199254740993 has more digits than can be held exactly; send and compare it as a text',
  ],
  ['event in []', 10, 'found "]"; write a text in quotes, a number, true, false or null'],
  ['event in ["A" "B"]', 14, 'found a text; write "," or "]"'],
  ['event in ["A")', 13, 'found ")"; write "," or "]"'],
  ['contians(event, "A")', 0, 'unknown function "contians"; did you mean "contains"?'],
  ['contains(event)', 14, 'found ")"; write contains(field, "text")'],
  ['contains(event, 5)', 16, 'found "5"; write a text in quotes'],
  ['contains(match(event, "A"), "B")', 9, 'match() cannot stand here; write a field'],
  ['match(event, "[AB]*")', 13, 'the pattern holds "["; write "\\\\[" for the character itself'],
  ['match(event, "A\\\\")', 13, 'the pattern ends in a lone backslash; write "\\\\\\\\" for a backslash'],
  ['length(event) = "3"', 16, 'length() gives a number; compare it with one'],
  ['contains(length(event), "3")', 24, 'length() gives a number; compare it with one'],
  ['exists(length(event))', 7, 'length() gives a number; compare it with one'],
  ['lowercase(event) = "Order"', 19, 'lowercase() gives small letters only; write them so'],
  ['uppercase(event) in ["A", "b"]', 26, 'uppercase() gives capital letters only; write them so'],
  ['typeof(event) = "boolean"', 16, 'typeof() gives one of string, number, bool, list, object, null, in quotes'],
] as const

test('a refused text says what is wrong, where, and what to write', () => {
  for (const [text, position, problem] of REFUSED) {
    const { message, ...error } = refusal(text)

    assert.match(message, /^Cannot read the trigger at line \d+, column \d+: /)
    assert.deepEqual(
      { position: error.position, problem: message.split(': ').slice(1).join(': ') },
      { position, problem },
    )
  }
})

test('an error knows its line and column and draws a caret there', () => {
  const error = refusal('type = "track"\n\tand evnt = "A"')

  assert.deepEqual([error.position, error.line, error.column], [20, 2, 6])
  assert.equal(showTriggerError(error), '\tand evnt = "A"\n\t    ^')
})

test('a long line is cut around the caret', () => {
  const error = refusal(
    `${'event = "Order Completed" or '.repeat(20)}event = oops or ${'type = "track" or '.repeat(20)}`,
  )
  const [line, caret] = showTriggerError(error).split('\n')

  assert.ok(line!.length <= 100)
  assert.equal(line!.slice(caret!.indexOf('^')).slice(0, 4), 'oops')
})

test('a text of 5 KB is read and a longer one refused', () => {
  const longest = `event = "${'x'.repeat(5 * 1024 - 10)}"`

  assert.equal(longest.length, 5 * 1024)
  assert.equal(parseTrigger(longest).kind, 'equal')
  assert.equal(refusal(`${longest} `).position, 5 * 1024)
})

test('32 parentheses inside one another are read and 33 refused at the last one', () => {
  const nested = (depth: number) => `${'('.repeat(depth)}event = "A"${')'.repeat(depth)}`

  assert.deepEqual(parseTrigger(nested(32)), equal('event', 'A'))
  assert.equal(refusal(nested(33)).position, 32)
  assert.equal(refusal('!('.repeat(33)).position, 65)
})
