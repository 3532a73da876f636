import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Json } from '../core/json.ts'
import { scanJson } from './json_scan.ts'
import { parseBody } from './parse_body.ts'

const DEPTH_MAX = 64
const parse = (text: string) => parseBody(Buffer.from(text), DEPTH_MAX)
const bodyOf = (text: string) => {
  const parsed = parse(text)
  assert.equal(parsed.kind, 'parsed', text.slice(0, 80))
  return parsed.kind === 'parsed' ? parsed.body : {}
}
const reasonOf = (bytes: Buffer) => {
  const parsed = parseBody(bytes, DEPTH_MAX)
  return parsed.kind === 'unreadable' ? parsed.reason : { code: 'none', message: '' }
}
const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`

test('a body that is not one JSON object is refused for a reason that names its fault', () => {
  const bodies: readonly (readonly [Buffer, string, RegExp])[] = [
    [Buffer.from(''), 'ingest.body_empty', /empty/],
    [Buffer.from('{"event":"Order'), 'ingest.body_not_json', /too early/],
    [Buffer.from("{'event':1}"), 'ingest.body_not_json', /character 1/],
    [Buffer.from('event=Order&userId=1'), 'ingest.body_not_json', /not JSON/],
    [Buffer.from('[{"event":"Order"}]'), 'ingest.body_not_object', /an array/],
    [Buffer.from('"Order"'), 'ingest.body_not_object', /a single value/],
    [Buffer.from('null'), 'ingest.body_not_object', /a single value/],
    [Buffer.from('\ufeff{"event":"Order"}'), 'ingest.body_not_utf8', /byte order mark/],
    [Buffer.from('\ufeff{"event":"Order"}', 'utf16le'), 'ingest.body_not_utf8', /UTF-16/],
    [Buffer.from('{"event":"Order"}', 'utf16le'), 'ingest.body_not_utf8', /UTF-16/],
    [Buffer.from('{"event":"Order"}', 'utf16le').swap16(), 'ingest.body_not_utf8', /UTF-16/],
    [Buffer.from('{"city":"K\xf6ln"}', 'latin1'), 'ingest.body_not_utf8', /not UTF-8/],
    [Buffer.from('{"a":"\xed\xa0\x80"}', 'latin1'), 'ingest.body_not_utf8', /not UTF-8/],
    [Buffer.from('{"a":"\xc0\xaf"}', 'latin1'), 'ingest.body_not_utf8', /not UTF-8/],
  ]

  for (const [bytes, code, message] of bodies) {
    const reason = reasonOf(bytes)
    assert.equal(reason.code, code, bytes.toString('latin1'))
    assert.match(reason.message, message)
  }
})

test('no message quotes the body, which may hold personal data', () => {
  for (const body of ['{"email":"ann@x.example" oops}', '{"email":"ann@x.example', 'ann@x.example']) {
    assert.doesNotMatch(reasonOf(Buffer.from(body)).message, /ann@|email/)
  }
})

test('nesting is refused one level past the cap, however deep, and before anything is built', () => {
  assert.equal(parse(nested(64)).kind, 'parsed')
  assert.equal(reasonOf(Buffer.from(nested(65))).code, 'ingest.body_too_deep')
  assert.equal(reasonOf(Buffer.from('['.repeat(1_000_000))).code, 'ingest.body_too_deep')
})

test('brackets inside text are no nesting', () => {
  assert.deepEqual(bodyOf(JSON.stringify({ a: '[{'.repeat(500), b: '\\"]}\\' })), { a: '[{'.repeat(500), b: '\\"]}\\' })
})

test('brackets inside text do not hide nesting', () => {
  const hidden = `{"a":"${']}'.repeat(100)}","b":${nested(70)}}`

  assert.equal(reasonOf(Buffer.from(hidden)).code, 'ingest.body_too_deep')
})

test('an integer no double can hold becomes text, digit by digit', () => {
  const text = '{"id":7034045738462900737,"neg":-9007199254740993,"safe":9007199254740991,"float":1234567890123456.5}'

  assert.deepEqual(bodyOf(text), {
    id: '7034045738462900737',
    neg: '-9007199254740993',
    safe: 9007199254740991,
    float: 1234567890123456.5,
  })
})

test('a number past every double is noticed, wherever it stands', () => {
  for (const text of ['{"a":1e999}', '{"a":[{"b":-1E+400}]}', `{"a":${'9'.repeat(400)}.5}`]) {
    const parsed = parse(text)
    assert.equal(parsed.kind === 'parsed' && parsed.hasInfinity, true, text.slice(0, 40))
  }
  for (const text of ['{"a":1e-400}', '{"a":1e308}', '{"a":"1e999"}', '{"a":-0}']) {
    const parsed = parse(text)
    assert.equal(parsed.kind === 'parsed' && parsed.hasInfinity, false, text)
  }
})

test('half of a UTF-16 pair becomes U+FFFD, in text and in keys', () => {
  const body = bodyOf(String.raw`{"a":"x\ud800y","\uDFFF":["\ud83d\ude00"],"__proto__":{"b":"\udc00"}}`)

  const halves = String.raw`{"a":"x\ufffdy","\ufffd":["\ud83d\ude00"],"__proto__":{"b":"\ufffd"}}`
  assert.deepEqual(body, JSON.parse(halves))
})

test('of equal keys the last one counts', () => {
  assert.deepEqual(bodyOf('{"messageId":"a","messageId":"b"}'), { messageId: 'b' })
})

test('keys that name parts of every object are keys like any other', () => {
  const body = bodyOf('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}')

  assert.deepEqual(Object.keys(body), ['__proto__', 'constructor'])
  assert.equal(({} as Record<string, unknown>)['polluted'], undefined)
})

test('every JSON object survives reading, but for halves of pairs and numbers no double can hold', () => {
  const text = fc.string({ unit: 'binary' })
  const number = fc.double({ min: -1e15, max: 1e15, noNaN: true })
  const anyObject = fc.object({
    key: text,
    values: [text, number, fc.maxSafeInteger(), fc.boolean(), fc.constant(null)],
  })

  fc.assert(
    fc.property(anyObject, (value) => {
      const written = JSON.stringify(value)
      assert.deepEqual(bodyOf(written), JSON.parse(written))
    }),
  )
})

test('the scan counts the nesting that parsing finds', () => {
  const depthOf = (value: Json): number =>
    typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0

  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 12 }), (value) => {
      assert.equal(scanJson(Buffer.from(JSON.stringify(value)), 1000).depth, depthOf(value as Json))
    }),
  )
})
