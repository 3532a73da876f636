import assert from 'node:assert/strict'
import { test } from 'node:test'
import { normaliseCity, normaliseState, normaliseUsZip, normaliseZip } from './address.ts'
import { countryCode } from './countries.ts'
import { normaliseName } from './names.ts'

test('a name is lower case without punctuation, with its accents and its script', () => {
  assert.equal(normaliseName("  O'Neill-Smith Jr. "), 'oneillsmith jr')
  assert.equal(normaliseName('José'), 'josé')
  assert.equal(normaliseName('Jose\u0301'), 'josé')
  assert.equal(normaliseName('山田 太郎'), '山田 太郎')
  assert.equal(normaliseName('« Zoë »'), 'zoë')
})

test('a city is lower-case letters and digits of any script', () => {
  assert.equal(normaliseCity('New York'), 'newyork')
  assert.equal(normaliseCity('St. Louis'), 'stlouis')
  assert.equal(normaliseCity('São Paulo'), 'sãopaulo')
  assert.equal(normaliseCity('서울'), '서울')
  assert.equal(normaliseCity('दिल्ली'), 'दिल्ली')
})

test('a postal code is lower case without blanks and dashes, in the United States five digits', () => {
  assert.equal(normaliseZip('SW1A 1AA'), 'sw1a1aa')
  assert.equal(normaliseZip('01310-100'), '01310100')
  assert.equal(normaliseZip('94025-1234'), '94025')
  assert.equal(normaliseUsZip('940251234'), '94025')
  assert.equal(normaliseZip('940251234'), '940251234')
})

test('a state of the United States is two letters, any other is lower case', () => {
  assert.equal(normaliseState(' California', 'us'), 'ca')
  assert.equal(normaliseState('New  York', undefined), 'ny')
  assert.equal(normaliseState('US-CA', 'us'), 'ca')
  assert.equal(normaliseState('TX', 'us'), 'tx')
  assert.equal(normaliseState('Bayern', 'de'), 'bayern')
  assert.equal(normaliseState('Georgia', 'ge'), 'georgia')
})

test('a country is two letters, from two or three, and never a guess', () => {
  assert.equal(countryCode('US'), 'us')
  assert.equal(countryCode(' usa '), 'us')
  assert.equal(countryCode('DEU'), 'de')
  assert.equal(countryCode('CHE'), 'ch')
  for (const text of ['Germany', 'UK', 'XX', 'EU', '', '1']) assert.equal(countryCode(text), null, text)
})
