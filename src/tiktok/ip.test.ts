import assert from 'node:assert/strict'
import { isIPv4 } from 'node:net'
import { test } from 'node:test'
import fc from 'fast-check'
import { isPublicIp } from './ip.ts'

test('addresses of the internet are public', () => {
  for (const ip of [
    '8.8.8.8',
    '203.0.113.9',
    '172.15.0.1',
    '172.32.0.1',
    '100.128.0.1',
    '223.255.255.255',
    '2001:4860:4860::8888',
    '2606:4700::1111',
    '::ffff:8.8.8.8',
  ]) {
    assert.equal(isPublicIp(ip), true, ip)
  }
})

test('addresses of a house, a link, a loop, a group or nobody are not', () => {
  for (const ip of [
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '127.0.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    'fe80::1',
    'fd00::1',
    'ff02::1',
    '::ffff:10.0.0.1',
  ]) {
    assert.equal(isPublicIp(ip), false, ip)
  }
})

test('what is no address is not public', () => {
  for (const ip of [
    '',
    '8.8.8',
    '8.8.8.8.8',
    '8.8.8.256',
    '8..8.8',
    '8.8.8.8:443',
    '1.2.3.4, 5.6.7.8',
    'localhost',
    '2001:xyz::1',
    '.8.8.8',
    '8.8.8.',
  ]) {
    assert.equal(isPublicIp(ip), false, ip)
  }
})

test('every public address in four parts is an address', () => {
  fc.assert(fc.property(fc.stringMatching(/^[0-9.]{5,16}$/), (ip) => !isPublicIp(ip) || isIPv4(ip)))
})
