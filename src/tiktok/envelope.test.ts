import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readEnvelope } from './envelope.ts'

test('an envelope is read whole, and what is missing is empty', () => {
  assert.deepEqual(readEnvelope('{"code":40002,"message":"no","request_id":"r","data":{"a":1}}'), {
    code: 40002,
    message: 'no',
    requestId: 'r',
    data: { a: 1 },
  })
  assert.deepEqual(readEnvelope('{"code":0}'), { code: 0, message: '', requestId: null, data: null })
})

test('integers too long for a JavaScript number become text, others stay numbers', () => {
  const envelope = readEnvelope('{"code":0,"data":{"id":7000000000000000001,"money":0.1234567890123456789,"n":12}}')

  assert.deepEqual(envelope?.data, { id: '7000000000000000001', money: 0.12345678901234568, n: 12 })
})

test('what is not an envelope is null', () => {
  for (const text of [
    '',
    ' ',
    '<html>',
    'null',
    '[]',
    '0',
    '"OK"',
    '{}',
    '{"code":"0"}',
    '{"code":1.5}',
    '{"code":0',
  ]) {
    assert.equal(readEnvelope(text), null, text)
  }
})
