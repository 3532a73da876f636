import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { booksText, tryText } from './guide.ts'

const PLACES = {
  consoleUrl: 'http://127.0.0.1:8700',
  shopUrl: 'http://127.0.0.1:8702',
  simulatorUrl: 'http://127.0.0.1:8701',
  folder: '.backbeat/demo',
  writeKey: 'key-of-a-shop',
}

test('the line to send an order with survives being pasted into a shell', () => {
  const line = tryText(PLACES)
    .split('\n')
    .find((one) => one.includes('curl '))!
    .trim()

  const given = execFileSync('sh', ['-c', `curl() { printf '%s\\n' "$@"; }; ${line}`], { encoding: 'utf8' }).split('\n')

  assert.deepEqual(given.slice(0, 4), ['-u', 'key-of-a-shop:', 'http://127.0.0.1:8700/v1/track', '-d'])
  assert.equal(JSON.parse(given[4]!).event, 'Order Completed')
})

test('the books are told line by line, and add up as written', () => {
  const books = { accepted: 5275, duplicate: 25, filtered: 930, suppressed: 0, delivered: 4289, dead: 31, pending: 0 }

  assert.equal(
    booksText(books, 9),
    '  5,275 accepted = 25 duplicate + 930 filtered + 0 suppressed + 4,289 delivered + 31 dead + 0 pending\n  9 refused at the door',
  )
})
