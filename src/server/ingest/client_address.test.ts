import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clientAddress } from './client_address.ts'

test('the client stands as many places from the right as there are trusted proxies', () => {
  const forwarded = '6.6.6.6, 203.0.113.9, 10.0.0.2'

  assert.equal(clientAddress('10.0.0.1', forwarded, 0), '10.0.0.1')
  assert.equal(clientAddress('10.0.0.1', forwarded, 1), '10.0.0.2')
  assert.equal(clientAddress('10.0.0.1', forwarded, 2), '203.0.113.9')
  assert.equal(clientAddress('10.0.0.1', forwarded, 9), '6.6.6.6')
  assert.equal(clientAddress('10.0.0.1', undefined, 2), '10.0.0.1')
})

test('ports, brackets and mapped addresses are taken off', () => {
  const seen = (text: string) => clientAddress('10.0.0.1', text, 1)

  assert.equal(seen('203.0.113.9:4711'), '203.0.113.9')
  assert.equal(seen('[2001:db8::1]:443'), '2001:db8::1')
  assert.equal(seen('[2001:db8::1]'), '2001:db8::1')
  assert.equal(seen('2001:db8::1'), '2001:db8::1')
  assert.equal(clientAddress('::ffff:203.0.113.9', undefined, 0), '203.0.113.9')
})

test('what is no address is none', () => {
  for (const text of ['', 'unknown', '_hidden', '<script>', '203.0.113.999']) {
    assert.equal(clientAddress('10.0.0.1', text, 1), null, text)
  }
  assert.equal(clientAddress(undefined, undefined, 0), null)
})
