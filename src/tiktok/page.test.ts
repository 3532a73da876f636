import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decode, isWebUrl, ttclidOf } from './page.ts'

test('the click id is read from the query of a page, decoded and whole', () => {
  const long = `E.C.P.${'x'.repeat(600)}`

  assert.equal(ttclidOf('https://shop.com/?a=1&ttclid=E.C.P.Cr%2DU&b=2#top'), 'E.C.P.Cr-U')
  assert.equal(ttclidOf(`https://shop.com/?ttclid=${long}`), long)
})

test('no other part of an address is taken for a click id', () => {
  for (const url of [
    'https://shop.com/',
    'https://shop.com/?xttclid=E',
    'https://shop.com/ttclid=E',
    'https://shop.com/#/?ttclid=E',
    'https://shop.com/?ttclid=',
  ]) {
    assert.equal(ttclidOf(url), undefined, url)
  }
})

test('broken %-codes stay as they are', () => {
  assert.equal(decode('a%20b'), 'a b')
  assert.equal(decode('100%'), '100%')
})

test('a page has http or https and a host', () => {
  for (const url of ['https://shop.com', 'HTTP://shop.com/a?b#c', 'http://localhost:3000/']) {
    assert.equal(isWebUrl(url), true, url)
  }
  for (const url of [
    '$direct',
    '/cart',
    'shop.com',
    'android-app://com.x',
    'https://',
    'https:///x',
    'https://a b',
    'ftp://x',
  ]) {
    assert.equal(isWebUrl(url), false, url)
  }
})
