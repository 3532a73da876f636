import assert from 'node:assert/strict'
import { test } from 'node:test'
import { maskEmail, maskIp, maskPhone, maskText, maskUrl, quote, scrub } from './mask.ts'

test('a masked value shows its kind and not its owner', () => {
  assert.equal(maskEmail('alice@gmail.com'), 'a***@g***.com')
  assert.equal(maskEmail('nobody'), 'n***')
  assert.equal(maskPhone('+12133734253'), '+1***4253')
  assert.equal(maskPhone('(213) 373-4253'), '2***4253')
  assert.equal(maskPhone('12345'), '1***')
  assert.equal(maskText('Jane'), 'J***')
  assert.equal(maskText(''), '')
  assert.equal(maskIp('203.0.113.9'), '203.0.***')
  assert.equal(maskIp('2001:db8::1'), '2001:***')
  assert.equal(maskUrl('https://shop.com/cart?email=a@b.co#x'), 'https://shop.com/cart?***')
})

test('quoted text is short and holds no address and no number', () => {
  assert.equal(quote('12,50'), '"12,50"')
  assert.equal(quote({ a: 1 }), '"{"a":1}"')
  assert.equal(quote('ann@shop.com'), '"a***@s***.com"')
  assert.equal(quote('x'.repeat(100)).length, 63)
})

test('what looks personal is masked inside a sentence, ids are not', () => {
  assert.equal(
    scrub('Cannot match ann@shop.com or +1 (213) 373-4253 with C4PIXEL and 7000000000000000001'),
    'Cannot match a***@s***.com or +1***4253 with C4PIXEL and 7000000000000000001',
  )
})
