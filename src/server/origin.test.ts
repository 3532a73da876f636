import assert from 'node:assert/strict'
import { test } from 'node:test'
import { originOf } from './origin.ts'

const PUBLIC = 'https://events.shop.example/'

test('a server is known under the name it was asked by, and by its public address where that has the same name', () => {
  const origin = (host: string, publicUrl: string | null) => originOf({ headers: { host } }, publicUrl)

  assert.equal(origin('127.0.0.1:8700', null), 'http://127.0.0.1:8700')
  assert.equal(origin('localhost:8700', PUBLIC), 'http://localhost:8700')
  assert.equal(origin('events.shop.example', PUBLIC), 'https://events.shop.example')
  assert.equal(origin('events.shop.example:443', PUBLIC), 'https://events.shop.example')
  assert.equal(origin('[::1]:8700', null), 'http://[::1]:8700')
})
