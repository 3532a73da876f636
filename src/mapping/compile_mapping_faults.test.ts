import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../core/json.ts'
import { compileMapping } from './compile_mapping.ts'
import { MappingError } from './mapping_error.ts'

/** The place and the message of the fault in a mapping (JSON text, as a user writes it). */
function faultOf(mapping: string): string {
  try {
    compileMapping(JSON.parse(mapping) as Json)
    return 'none'
  } catch (error) {
    assert.ok(error instanceof MappingError)
    assert.equal(error.code, 'mapping.invalid')
    return `${error.path} | ${error.problem}`
  }
}

const FAULTS: readonly (readonly [mapping: string, fault: string])[] = [
  ['[]', ' | a mapping is an object of fields, not a list'],
  ['{ "a": { "@pth": "$.s" } }', 'a | "@pth" is not a directive; did you mean "@path"?'],
  ['{ "a": { "@arraypath": ["$.s"] } }', 'a | "@arraypath" is not a directive; did you mean "@arrayPath"?'],
  ['{ "a": { "@zzzzzzzzzzzz": 1 } }', 'a | "@zzzzzzzzzzzz" is not a directive'],
  [
    '{ "a": { "@path": "$.s", "@template": "" } }',
    'a | @path and @template stand in one object; a directive stands alone',
  ],
  ['{ "a": { "@path": "$.s", "b": 1 } }', 'a | "b" stands beside @path; a directive stands alone'],
  ['{ "a": { "@path": 1 } }', 'a.@path | takes a path such as "$.properties.email", not a number'],
  ['{ "a": { "@path": "$.b[0" } }', 'a.@path | path "$.b[0" has a bracket that does not fit at "[0"'],
  [
    '{ "contents": { "@arrayPath": ["$.p", { "price": { "@pat": "x" } }] } }',
    'contents.@arrayPath[1].price | "@pat" is not a directive; did you mean "@path"?',
  ],
  ['{ "a": { "@arrayPath": "$.p" } }', 'a.@arrayPath | takes a list: a path, then the shape of an item'],
  ['{ "a": { "@arrayPath": ["$.p", "x"] } }', 'a.@arrayPath[1] | must be an object, the shape of an item, not text'],
  ['{ "a": { "@arrayPath": [1] } }', 'a.@arrayPath[0] | must be a path or a directive, not a number'],
  ['{ "a": { "@first": [] } }', 'a.@first | takes a list of paths and directives, at least one'],
  ['{ "a": { "@first": ["$.b", 1] } }', 'a.@first[1] | must be a path or a directive, not a number'],
  ['{ "a": { "@template": 1 } }', 'a.@template | takes text such as "{{properties.name}}", not a number'],
  ['{ "a": { "@if": { "then": 1 } } }', 'a.@if | needs "exists" or "blank" with a directive to look at'],
  ['{ "a": { "@if": { "exists": "", "then": 1 } } }', 'a.@if | needs "exists" or "blank" with a directive to look at'],
  ['{ "a": { "@if": { "exist": 1 } } }', 'a.@if | has no option "exist"; did you mean "exists"?'],
  ['{ "a": { "@if": "x" } }', 'a.@if | takes an object with exists, blank, then, else, not text'],
  ['{ "a": { "@case": { "operator": "up", "value": 1 } } }', 'a.@case.operator | must be lower or upper, not "up"'],
  ['{ "a": { "@case": { "operator": "upper" } } }', 'a.@case | needs the option "value"'],
  [
    '{ "a": { "@replace": { "value": "a", "pattern": "" } } }',
    'a.@replace.pattern | is empty; write the text to replace',
  ],
  [
    '{ "a": { "@replace": { "value": "a", "pattern": "12345678901" } } }',
    'a.@replace.pattern | has 11 characters; at most 10 are allowed',
  ],
  [
    '{ "a": { "@replace": { "value": "a", "pattern": "a", "global": "yes" } } }',
    'a.@replace.global | must be true or false, not text',
  ],
  ['{ "a": { "@json": { "mode": "read", "value": 1 } } }', 'a.@json.mode | must be encode or decode, not "read"'],
  ['{ "a": { "@flatten": { "value": 1 } } }', 'a.@flatten | needs the option "separator"'],
  ['{ "a": { "@flatten": { "value": 1, "separator": 1 } } }', 'a.@flatten.separator | must be text, not a number'],
  ['{ "a": { "@merge": { "objects": [] } } }', 'a.@merge | needs the option "direction"'],
  ['{ "a": { "@merge": { "objects": {}, "direction": "left" } } }', 'a.@merge.objects | must be a list of objects'],
  [
    '{ "a": { "@merge": { "objects": [1], "direction": "left" } } }',
    'a.@merge.objects[0] | must be an object or a directive',
  ],
  ['{ "a": { "@transform": { "apply": {} } } }', 'a.@transform | needs the option "mapping"'],
  ['{ "a": { "@transform": { "apply": 1, "mapping": {} } } }', 'a.@transform.apply | must be an object, not a number'],
  ['{ "a": { "__proto__": 1 } }', 'a | has a key "__proto__"; no field can have that name'],
]

for (const [mapping, fault] of FAULTS) {
  test(`${mapping} is refused where it is wrong`, () => {
    assert.equal(faultOf(mapping), fault)
  })
}

test('a template that Liquid cannot read, or may not use, is refused', () => {
  for (const template of [
    '{{ a',
    '{% for x in y %}{% endfor %}',
    '{% case a %}{% endcase %}',
    '{% include "x" %}',
    '{{ a | sort }}',
    '{{ a | nope }}',
  ]) {
    assert.match(
      faultOf(JSON.stringify({ a: { '@liquid': template } })),
      /^a\.@liquid \| Liquid refused the template: /,
      template,
    )
  }
  assert.match(faultOf(JSON.stringify({ a: { '@liquid': 'x'.repeat(1001) } })), /at most 1000 are allowed/)
})

test('a mapping nested too deep is refused', () => {
  const deep = (levels: number): Json => (levels === 0 ? 1 : { a: deep(levels - 1) })

  assert.equal(faultOf(JSON.stringify(deep(32))), 'none')
  assert.match(faultOf(JSON.stringify(deep(33))), /is nested more than 32 levels deep/)
})

test('the message says what was being done, where, and what is wrong', () => {
  assert.throws(() => compileMapping({ a: { '@pth': '$.s' } }), {
    message: 'Cannot compile the mapping: a: "@pth" is not a directive; did you mean "@path"?',
  })
})
