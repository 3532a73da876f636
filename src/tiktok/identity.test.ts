import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { normaliseZip } from './address.ts'
import {
  digest,
  digestOne,
  digests,
  isHashed,
  type Normalise,
  normaliseEmail,
  normaliseExternalId,
  sha256,
} from './identity.ts'
import { normaliseName } from './names.ts'
import { phoneNormaliser } from './phone.ts'
import { Findings } from './reasons.ts'

const phone = phoneNormaliser('US')

const VECTORS: [Normalise, string, string][] = [
  [normaliseEmail, ' ALICE_abc@gmail.com ', '848a771458438fc2ec420560d769fb9b9b86851ee338ec56517baabd79d3bb4f'],
  [normaliseEmail, 'alice_abc@gmail.com', '848a771458438fc2ec420560d769fb9b9b86851ee338ec56517baabd79d3bb4f'],
  [normaliseEmail, 'test@test.com', 'f660ab912ec121d1b1e928a0bb4bc61b15f5ad44d5efdc4e1c92a25e99b8e44a'],
  [normaliseEmail, 'Test@Example.com', '973dfe463ec85785f5f95af5ba3906eedb2d931c24e69824a89ea65dba4e813b'],
  [phone, '(+1)2133734253', '9f7ec22d72092cd3c0b58726ed9c2d91b92e51a3f29837508fb2948bb22dd2fd'],
  [phone, '+1 (213) 373-4253', '9f7ec22d72092cd3c0b58726ed9c2d91b92e51a3f29837508fb2948bb22dd2fd'],
  [phone, '213.373.4253', '9f7ec22d72092cd3c0b58726ed9c2d91b92e51a3f29837508fb2948bb22dd2fd'],
  [phone, '+1234567890', '422ce82c6fc1724ac878042f7d055653ab5e983d186e616826a72d4384b68af8'],
  [phone, '+15555555555', '910a625c4ba147b544e6bd2f267e130ae14c591b6ba9c25cb8573322dedbebd0'],
  [normaliseExternalId, ' user_123 ', '80fba0ae1c48e3978e43e4efc365e14e12ea0c830ba8ba5b9a2dafc7e3f2ab8b'],
  [normaliseExternalId, 'testid123', '481f202262e9c5ccc48d24e60798fadaa5f6ff1f8369f7ab927c04c3aa682a7f'],
  [normaliseName, ' Jane ', '81f8f6dde88365f3928796ec7aa53f72820b06db8664f5fe76a7eb13e24546a2'],
  [normaliseName, 'Doe.', '799ef92a11af918e3fb741df42934f3b568ed2d93ac1df74f1b8d41a27932a6f'],
  [normaliseZip, '94025-1234', 'b9a9cf3cd3723a2e91b7c23ecf68456e872b6e5d86e5cab7f3d45a7302da32c7'],
  [normaliseZip, 'SW1A 1AA', '830e1d4b9838bab1f5c2acdb23e0b502ff13a9832c4632e8d67a1d43d3b7f614'],
]

for (const [normalise, raw, expected] of VECTORS) {
  test(`"${raw}" has the digest that TikTok and its peers publish`, () => {
    assert.equal(digest(raw, normalise), expected)
  })
}

test('an external id keeps its case', () => {
  assert.notEqual(digest('testId123', normaliseExternalId), digest('testid123', normaliseExternalId))
})

test('nothing has no digest', () => {
  for (const normalise of [normaliseEmail, normaliseExternalId, normaliseName, normaliseZip, phone]) {
    for (const nothing of ['', ' ', '\t\n']) assert.equal(digest(nothing, normalise), '')
  }
  assert.equal(digest('...', normaliseName), '')
})

test('a digest in either case, with blanks around it, is taken as it is, in lower case', () => {
  const hex = sha256('user_123')

  assert.equal(digest(` ${hex.toUpperCase()}\n`, normaliseEmail), hex)
  assert.equal(isHashed(hex), true)
  assert.equal(isHashed(`${hex}0`), false)
  assert.equal(isHashed('g'.repeat(64)), false)
})

test('hashing twice is hashing once, whatever the text and the rule', () => {
  const rules = fc.constantFrom(normaliseEmail, normaliseExternalId, normaliseName, normaliseZip, phone)
  const texts = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.emailAddress(),
    fc.stringMatching(/^[+0]?[0-9 ()-]{4,16}$/),
  )

  fc.assert(
    fc.property(rules, texts, (normalise, text) => {
      const once = digest(text, normalise)
      if (typeof once === 'string' && once !== '') assert.equal(digest(once, normalise), once)
    }),
  )
})

test('normalising twice is normalising once', () => {
  const rules = fc.constantFrom<Normalise>(normaliseEmail, normaliseExternalId, normaliseName, normaliseZip, phone)
  fc.assert(
    fc.property(rules, fc.string({ unit: 'grapheme' }), (normalise, text) => {
      const once = normalise(text.trim())
      if (typeof once === 'string') assert.equal(normalise(once), once)
    }),
  )
})

test('upper and lower case and blanks around an email make no difference', () => {
  fc.assert(
    fc.property(fc.emailAddress(), (email) => {
      assert.equal(digest(`  ${email.toUpperCase()} `, normaliseEmail), digest(email.toLowerCase(), normaliseEmail))
    }),
  )
})

test('many identifiers become many digests, each once, the empty ones dropped', () => {
  const findings = new Findings()
  const value = ['a@x.com', 'A@X.com', '', null, 'b@x.com', sha256('a@x.com')]

  const found = digests(value, normaliseEmail, 'user.email', findings)

  assert.deepEqual(found, [sha256('a@x.com'), sha256('b@x.com')])
  assert.deepEqual(findings.warnings, [])
})

test('one usable identifier stays a text, and none is absent', () => {
  const findings = new Findings()

  assert.equal(digests(['', 'a@x.com'], normaliseEmail, 'user.email', findings), sha256('a@x.com'))
  assert.equal(digests([], normaliseEmail, 'user.email', findings), undefined)
  assert.equal(digests(12345, normaliseExternalId, 'user.external_id', findings), sha256('12345'))
})

test('an identifier that would match nobody is left out with a warning that does not quote it', () => {
  const findings = new Findings()
  const md5 = '0bc83cb571cd1c50ba6f3e8a78ef1346'

  assert.equal(digests([md5, 'no address', 'a b@x.com'], normaliseEmail, 'user.email', findings), undefined)
  assert.equal(digestOne({ first: 'Jane' }, normaliseName, 'user.first_name', findings), undefined)

  assert.deepEqual(
    findings.warnings.map(({ code, message }) => [code, message]),
    [
      [
        'tiktok.unusable_identifier',
        'Left out user.email 0***: it is hashed, but not with SHA-256, the only form TikTok matches',
      ],
      ['tiktok.unusable_identifier', 'Left out user.email n***: it is not an email address'],
      ['tiktok.unusable_identifier', 'Left out user.email a***: it is not an email address'],
      ['mapping.wrong_type', 'Left out user.first_name: it is neither text nor a number'],
    ],
  )
})
