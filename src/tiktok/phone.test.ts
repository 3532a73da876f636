import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isPhoneCountry, phoneNormaliser } from './phone.ts'

const anywhere = phoneNormaliser(null)

const why = (normalise: typeof anywhere, text: string): string => {
  const found = normalise(text)
  return typeof found === 'string' ? assert.fail(`"${text}" became ${found}`) : found.why
}

test('an international number loses its separators and keeps its plus', () => {
  const numbers = {
    '+12133734253': '+12133734253',
    '(+1) 213-373.4253': '+12133734253',
    ' +44 20 7946 0958 ': '+442079460958',
    'tel:+1-213-373-4253': '+12133734253',
    '+1 213 373 4253 ext. 5': '+12133734253',
    '\u202a+1\u00a0213\u2011373\u20114253\u202c': '+12133734253',
  }
  for (const [text, number] of Object.entries(numbers)) assert.equal(anywhere(text), number, text)
})

test('00 is a plus', () => {
  assert.equal(anywhere('0044 20 7946 0958'), '+442079460958')
  assert.equal(anywhere('001234567890'), '+1234567890')
})

test('a number of fifteen digits keeps them all', () => {
  assert.equal(anywhere('+491234567890123'), '+491234567890123')
})

test('the zero that callers at home dial is dropped, and kept where it belongs to the number', () => {
  assert.equal(anywhere('+44 (0)20 7946 0958'), '+442079460958')
  assert.equal(anywhere('+44 020 7946 0958'), '+442079460958')
  assert.equal(anywhere('+39 06 1234 5678'), '+390612345678')
})

test('a national number is read as one of the default country', () => {
  assert.equal(phoneNormaliser('US')('(213) 373-4253'), '+12133734253')
  assert.equal(phoneNormaliser('GB')('020 7946 0958'), '+442079460958')
  assert.equal(phoneNormaliser('CN')('13800000000'), '+8613800000000')
  assert.equal(phoneNormaliser('SA')('٠٥٠١٢٣٤٥٦٧'), '+966501234567')
  assert.equal(phoneNormaliser('GB')('+1 213 373 4253'), '+12133734253')
})

test('a national number without a default country is not guessed', () => {
  assert.match(why(anywhere, '2133734253'), /no country code, and the destination has no default country/)
})

test('what no country would dial is no number', () => {
  for (const text of ['call me', '123', '+0123456789', '+999123456789', '+12', '+1234567890123456']) {
    assert.match(why(anywhere, text), /not a phone number/, text)
  }
  assert.match(why(phoneNormaliser('US'), '555'), /not a phone number/)
})

test('a digest of another kind is told from a number', () => {
  assert.match(why(anywhere, '0bc83cb571cd1c50ba6f3e8a78ef1346'), /not with SHA-256/)
})

test('the same number reads the same a second time', () => {
  const normalise = phoneNormaliser('US')
  assert.equal(normalise('213 373 4253'), normalise('213 373 4253'))
  assert.equal(why(normalise, '12'), why(normalise, '12'))
})

test('countries are told by two capital letters', () => {
  assert.equal(isPhoneCountry('US'), true)
  assert.equal(isPhoneCountry('ZZ'), false)
})
