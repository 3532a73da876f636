import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json, JsonObject } from '../../core/json.ts'
import { compileMapping } from '../compile_mapping.ts'

const EVENT: JsonObject = {
  s: 'text',
  empty: '',
  blank: ' ',
  zero: 0,
  no: false,
  yes: true,
  n: null,
  o: { a: 1, deep: { b: [2, { c: 3 }] }, n: null },
  list: [{ id: 'p1', price: 5 }, { id: 'p2' }],
  numbers: [1, 2],
  none: [],
  'two words': 'blanks',
  'a.b': 'dotted',
  integrations: { 'TikTok Conversions': { ttclid: 'E.C.P.1' } },
  name: 'Price: $5.00 $5.00 PRICE',
  path: '$.o.a',
  jsonText: '{"a":[1]}',
}

const NOTHING = Symbol('nothing')

/** The value that a field with this mapping (JSON text, as a user writes it) gets from EVENT. */
function value(mapping: string): Json | typeof NOTHING {
  const result = compileMapping({ field: JSON.parse(mapping) as Json })(EVENT)
  return Object.hasOwn(result, 'field') ? result['field']! : NOTHING
}

/** Each row: a mapping, and what it gives. */
function testTable(title: string, rows: readonly (readonly [string, Json | typeof NOTHING])[]): void {
  test(title, () => {
    for (const [mapping, expected] of rows) assert.deepEqual(value(mapping), expected, mapping)
  })
}

testTable('anything but a directive is itself, with the directives inside it carried out', [
  ['"text"', 'text'],
  ['"{{s}}"', '{{s}}'],
  ['null', null],
  ['0', 0],
  ['{ "a": { "@path": "$.s" }, "b": { "@path": "$.missing" } }', { a: 'text' }],
  ['[{ "@path": "$.s" }, { "@path": "$.missing" }, 1]', ['text', null, 1]],
  ['{ "@path": "$.s", "_metadata": { "label": "Text" } }', 'text'],
])

testTable('@path gives the value at a path, and nothing when it is absent', [
  ['{ "@path": "$.o.a" }', 1],
  ['{ "@path": "o.a" }', 1],
  ['{ "@path": "$.o.deep.b[1].c" }', 3],
  ['{ "@path": "o.deep.b.0" }', 2],
  ['{ "@path": "$.missing" }', NOTHING],
  ['{ "@path": "$.missing.deeper" }', NOTHING],
  ['{ "@path": "$.n" }', null],
  ['{ "@path": "$.n.x" }', NOTHING],
  ['{ "@path": "$.two words" }', 'blanks'],
  [`{ "@path": "['two words']" }`, 'blanks'],
  [`{ "@path": "$.integrations['TikTok Conversions'].ttclid" }`, 'E.C.P.1'],
  [`{ "@path": "$['integrations']['TikTok Conversions']" }`, { ttclid: 'E.C.P.1' }],
  ['{ "@path": "$[\\"a.b\\"]" }', 'dotted'],
  ['{ "@path": "$.list.id" }', NOTHING],
  ['{ "@path": "$.list.length" }', 2],
  ['{ "@path": "$" }', NOTHING],
  ['{ "@path": { "@path": "$.path" } }', 1],
  ['{ "@path": { "@path": "$.missing" } }', NOTHING],
])

testTable('@path gives the whole event for an empty path', [
  ['{ "@path": "$." }', EVENT],
  ['{ "@path": "." }', EVENT],
  ['{ "@path": "" }', EVENT],
])

testTable('@path finds nothing inside a value that is not an object', [
  ['{ "@path": "$.empty.x" }', NOTHING],
  ['{ "@path": "$.zero.x" }', NOTHING],
  ['{ "@path": "$.s.length" }', NOTHING],
  ['{ "@path": "$.s.0" }', NOTHING],
])

testTable('@path never sees the prototype', [
  ['{ "@path": "$.constructor.name" }', NOTHING],
  ['{ "@path": "$.__proto__" }', NOTHING],
  ['{ "@path": "$.o.toString" }', NOTHING],
  ['{ "@path": "$.list.map" }', NOTHING],
  ['{ "@path": { "@template": "constructor" } }', NOTHING],
])

testTable('@first gives the first of several values that is there', [
  ['{ "@first": ["$.missing", "$.n", "$.empty", "$.none", "$.s"] }', 'text'],
  ['{ "@first": ["$.zero", "$.s"] }', 0],
  ['{ "@first": ["$.no", "$.s"] }', false],
  ['{ "@first": ["$.missing", { "@literal": "product" }] }', 'product'],
  ['{ "@first": ["$.missing", { "@path": "$.o.a" }] }', 1],
  ['{ "@first": ["$.missing"] }', NOTHING],
])

testTable('@template always gives text', [
  ['{ "@template": "Hi {{s}}, {{{o.a}}}!" }', 'Hi text, 1!'],
  ['{ "@template": "{{s}}" }', 'text'],
  ['{ "@template": "{{ two words }}" }', 'blanks'],
  ['{ "@template": "no holes" }', 'no holes'],
  ['{ "@template": "" }', ''],
  ['{ "@template": "{{missing}}{{n}}" }', ''],
  ['{ "@template": "{{zero}} {{no}}" }', '0 false'],
  ['{ "@template": "{{o}}" }', '[object Object]'],
  ['{ "@template": "{{numbers}}" }', '1,2'],
  ['{ "@template": "{{$.s}}" }', ''],
  ['{ "@template": "{{s}} {{s" }', 'text {{s'],
  ['{ "@template": "{{}} {{ }}" }', '{{}} {{ }}'],
  ['{ "@template": "{{constructor.name}}" }', ''],
])

testTable('@literal gives the value as it stands', [
  ['{ "@literal": "" }', ''],
  ['{ "@literal": "{{s}}" }', '{{s}}'],
  ['{ "@literal": null }', null],
  ['{ "@literal": { "@path": "$.s" } }', 'text'],
])

testTable('@if exists asks for anything but absent and null', [
  ['{ "@if": { "exists": { "@path": "$.s" }, "then": 1, "else": 2 } }', 1],
  ['{ "@if": { "exists": { "@path": "$.empty" }, "then": 1, "else": 2 } }', 1],
  ['{ "@if": { "exists": { "@path": "$.zero" }, "then": 1, "else": 2 } }', 1],
  ['{ "@if": { "exists": { "@path": "$.n" }, "then": 1, "else": 2 } }', 2],
  ['{ "@if": { "exists": { "@path": "$.missing" }, "then": 1, "else": 2 } }', 2],
  ['{ "@if": { "exists": { "@path": "$.missing" }, "then": 1 } }', NOTHING],
  ['{ "@if": { "exists": { "@path": "$.s" }, "else": 2 } }', NOTHING],
  ['{ "@if": { "exists": { "@path": "$.s" }, "then": { "@path": "$.o.a" } } }', 1],
])

testTable('@if blank takes its then-branch when there is something to see', [
  ['{ "@if": { "blank": { "@path": "$.s" }, "then": 1, "else": 2 } }', 1],
  ['{ "@if": { "blank": { "@path": "$.blank" }, "then": 1, "else": 2 } }', 1],
  ['{ "@if": { "blank": { "@path": "$.o" }, "then": 1, "else": 2 } }', 1],
  ['{ "@if": { "blank": { "@path": "$.yes" }, "then": 1, "else": 2 } }', 1],
  ['{ "@if": { "blank": { "@path": "$.empty" }, "then": 1, "else": 2 } }', 2],
  ['{ "@if": { "blank": { "@path": "$.zero" }, "then": 1, "else": 2 } }', 2],
  ['{ "@if": { "blank": { "@path": "$.no" }, "then": 1, "else": 2 } }', 2],
  ['{ "@if": { "blank": { "@path": "$.none" }, "then": 1, "else": 2 } }', 2],
  ['{ "@if": { "blank": { "@path": "$.n" }, "then": 1, "else": 2 } }', 2],
  ['{ "@if": { "blank": { "@path": "$.missing" }, "then": 1, "else": 2 } }', 2],
])

testTable('@if keeps an else-value that is empty, zero, false or null', [
  ['{ "@if": { "exists": { "@path": "$.missing" }, "else": "" } }', ''],
  ['{ "@if": { "exists": { "@path": "$.missing" }, "else": 0 } }', 0],
  ['{ "@if": { "exists": { "@path": "$.missing" }, "else": false } }', false],
  ['{ "@if": { "exists": { "@path": "$.missing" }, "else": null } }', null],
])

testTable('@arrayPath shapes each item of a list', [
  ['{ "@arrayPath": ["$.list"] }', EVENT['list']!],
  ['{ "@arrayPath": ["$.list", {}] }', EVENT['list']!],
  ['{ "@arrayPath": ["$.list", { "content_id": { "@path": "$.id" } }] }', [{ content_id: 'p1' }, { content_id: 'p2' }]],
  ['{ "@arrayPath": [{ "@path": "$.list" }, { "x": { "@path": "$.price" } }] }', [{ x: 5 }, {}]],
  ['{ "@arrayPath": ["$.list", { "outer": { "@path": "$.s" } }] }', [{}, {}]],
  ['{ "@arrayPath": ["$.o", { "x": { "@path": "$.a" } }] }', [{ x: 1 }]],
  ['{ "@arrayPath": ["$.", { "x": { "@path": "$.s" } }] }', [{ x: 'text' }]],
  ['{ "@arrayPath": ["$.s", { "x": { "@path": "$.a" } }] }', 'text'],
  ['{ "@arrayPath": ["$.zero", { "x": { "@path": "$.a" } }] }', 0],
  ['{ "@arrayPath": ["$.missing", { "x": { "@path": "$.a" } }] }', NOTHING],
  ['{ "@arrayPath": ["$.none", { "x": { "@path": "$.a" } }] }', []],
  ['{ "@arrayPath": ["$.numbers", { "x": { "@path": "$.a" } }] }', [{}, {}]],
])

testTable('@arrayPath leaves out an item whose shape gives nothing', [
  [
    '{ "@arrayPath": ["$.list", { "@if": { "exists": { "@path": "$.price" }, "then": { "@path": "$.id" } } }] }',
    ['p1'],
  ],
])

testTable('@case changes text only', [
  ['{ "@case": { "operator": "upper", "value": { "@path": "$.s" } } }', 'TEXT'],
  ['{ "@case": { "operator": "lower", "value": "ABC" } }', 'abc'],
  ['{ "@case": { "operator": "lower", "value": { "@path": "$.zero" } } }', 0],
  ['{ "@case": { "operator": "lower", "value": { "@path": "$.missing" } } }', NOTHING],
])

testTable('@replace replaces text by text', [
  ['{ "@replace": { "value": { "@path": "$.name" }, "pattern": "$5.00" } }', 'Price:   PRICE'],
  ['{ "@replace": { "value": "a.b.c", "pattern": ".", "replacement": "-" } }', 'a-b-c'],
  ['{ "@replace": { "value": "a.b.c", "pattern": ".", "replacement": "-", "global": false } }', 'a-b.c'],
  ['{ "@replace": { "value": "aXbx", "pattern": "x", "replacement": "-" } }', 'aXb-'],
  ['{ "@replace": { "value": "aXbx", "pattern": "x", "replacement": "-", "ignorecase": true } }', 'a-b-'],
  ['{ "@replace": { "value": "ab", "pattern": "a", "replacement": "b", "pattern2": "b", "replacement2": "c" } }', 'cc'],
  ['{ "@replace": { "value": "ab", "pattern": "a", "pattern2": "", "replacement2": "x" } }', 'b'],
  ['{ "@replace": { "value": 10.5, "pattern": ".", "replacement": "," } }', '10,5'],
  ['{ "@replace": { "value": true, "pattern": "t", "replacement": "T" } }', 'True'],
  ['{ "@replace": { "value": { "@path": "$.missing" }, "pattern": "a" } }', ''],
  ['{ "@replace": { "value": { "@path": "$.n" }, "pattern": "a" } }', ''],
  ['{ "@replace": { "value": { "@path": "$.o" }, "pattern": "a" } }', ''],
])

testTable('@replace takes its replacement as plain text', [
  ['{ "@replace": { "value": "ab", "pattern": "a", "replacement": "[$&]" } }', '[$&]b'],
])

testTable('@json writes and reads JSON', [
  ['{ "@json": { "mode": "encode", "value": { "@path": "$.numbers" } } }', '[1,2]'],
  ['{ "@json": { "mode": "encode", "value": { "@path": "$.s" } } }', '"text"'],
  ['{ "@json": { "mode": "encode", "value": { "@path": "$.missing" } } }', NOTHING],
  ['{ "@json": { "mode": "decode", "value": { "@path": "$.jsonText" } } }', { a: [1] }],
  ['{ "@json": { "mode": "decode", "value": { "@path": "$.s" } } }', 'text'],
  ['{ "@json": { "mode": "decode", "value": { "@path": "$.o.a" } } }', 1],
])

testTable('@flatten makes one flat object', [
  [
    '{ "@flatten": { "separator": ".", "value": { "@path": "$.o" } } }',
    { a: 1, 'deep.b.0': 2, 'deep.b.1.c': 3, n: null },
  ],
  [
    '{ "@flatten": { "separator": "__", "omitArrays": true, "value": { "@path": "$.o" } } }',
    { a: 1, deep__b: [2, { c: 3 }], n: null },
  ],
  ['{ "@flatten": { "separator": ".", "value": { "@path": "$.s" } } }', { '': 'text' }],
  ['{ "@flatten": { "separator": ".", "value": { "@path": "$.missing" } } }', {}],
])

testTable('@merge lets the later object win to the right, the earlier one to the left', [
  ['{ "@merge": { "direction": "right", "objects": [{ "a": 1, "b": 1 }, { "a": 2 }] } }', { a: 2, b: 1 }],
  ['{ "@merge": { "direction": "left", "objects": [{ "a": 1, "b": 1 }, { "a": 2, "c": 2 }] } }', { a: 1, b: 1, c: 2 }],
  [
    '{ "@merge": { "direction": "right", "objects": [{ "@path": "$.o.deep" }, { "x": { "@path": "$.s" } }] } }',
    { b: [2, { c: 3 }], x: 'text' },
  ],
  [
    '{ "@merge": { "direction": "right", "objects": [{ "a": 1 }, { "@path": "$.missing" }, { "@path": "$.s" }] } }',
    { a: 1 },
  ],
])

testTable('@merge takes a key away when a written key gives nothing', [
  [
    '{ "@merge": { "direction": "right", "objects": [{ "a": 1, "b": 1 }, { "a": { "@path": "$.missing" } }] } }',
    { b: 1 },
  ],
  [
    '{ "@merge": { "direction": "right", "objects": [{ "@path": "$.o" }, { "deep": { "@path": "$.missing" } }] } }',
    { a: 1, n: null },
  ],
  [
    '{ "@merge": { "direction": "left", "objects": [{ "a": { "@path": "$.missing" } }, { "a": 1, "b": 1 }] } }',
    { b: 1 },
  ],
])

testTable('@transform maps what its first mapping gave', [
  ['{ "@transform": { "apply": { "x": { "@path": "$.s" } }, "mapping": { "y": { "@path": "$.x" } } } }', { y: 'text' }],
  ['{ "@transform": { "apply": { "x": { "@path": "$.s" } }, "mapping": { "y": { "@path": "$.s" } } } }', {}],
  ['{ "@transform": { "apply": { "@path": "$.missing" }, "mapping": { "y": { "@path": "$.s" } } } }', {}],
  ['{ "@transform": { "apply": { "@path": "$.o" }, "mapping": { "@path": "$.a" } } }', 1],
])

testTable('@excludeWhenNull leaves nulls out', [
  ['{ "@excludeWhenNull": { "@path": "$.n" } }', NOTHING],
  ['{ "@excludeWhenNull": { "@path": "$.missing" } }', NOTHING],
  ['{ "@excludeWhenNull": { "@path": "$.zero" } }', 0],
  ['{ "@excludeWhenNull": { "a": { "b": null, "c": [null] }, "d": 1 } }', { a: { c: [null] }, d: 1 }],
])

testTable('@liquid always gives text', [
  ['{ "@liquid": "{{ s | upcase }}" }', 'TEXT'],
  ['{ "@liquid": "{{ zero }}{{ missing }}" }', '0'],
  ['{ "@liquid": "{% if o.a == 1 %}one{% else %}other{% endif %}" }', 'one'],
  ['{ "@liquid": "{{ constructor.name }}{{ o.__proto__ }}" }', ''],
  ['{ "@liquid": "{{ 0 | date: \'%Y-%m-%dT%H:%M\' }}" }', '1970-01-01T00:00'],
])

test('@liquid cannot write into the event', () => {
  const event = Object.freeze({ count: 1 })

  const result = compileMapping({ field: { '@liquid': '{% increment count %}{% assign s = 1 %}{{ count }}' } })(event)

  assert.deepEqual(result, { field: '12' })
  assert.deepEqual(event, { count: 1 })
})

test('a shape inside a list reads from the item even when its key is the name of a prototype property', () => {
  const mapping = { '@arrayPath': ['$.items', { x: { '@path': '$.constructor' } }] }

  assert.deepEqual(compileMapping({ field: mapping })({ items: [{ constructor: 'Ford' }, {}] }), {
    field: [{ x: 'Ford' }, {}],
  })
})
