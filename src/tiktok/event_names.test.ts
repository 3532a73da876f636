import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CURRENCIES } from './currencies.ts'
import { DEPRECATED_EVENTS, RENAMED_EVENTS, RESERVED_EVENTS, WEB_EVENTS, webEventName } from './event_names.ts'

test('standard names are standard', () => {
  for (const name of WEB_EVENTS) assert.deepEqual(webEventName(name), { kind: 'standard', name })
})

test('old, deprecated and reserved names have another to use', () => {
  for (const [old, name] of Object.entries(RENAMED_EVENTS))
    assert.deepEqual(webEventName(old), { kind: 'renamed', name })
  for (const [old, name] of Object.entries(DEPRECATED_EVENTS)) {
    assert.deepEqual(webEventName(old), { kind: 'deprecated', name })
  }
  for (const [old, name] of Object.entries(RESERVED_EVENTS))
    assert.deepEqual(webEventName(old), { kind: 'reserved', name })
})

test('a slip of case or of separators is told from a custom event', () => {
  const slips = {
    purchase: 'Purchase',
    PURCHASE: 'Purchase',
    add_to_cart: 'AddToCart',
    'Add To Cart': 'AddToCart',
    'Purchase ': 'Purchase',
    completePayment: 'Purchase',
    page_view: 'PageView',
  }
  for (const [slip, name] of Object.entries(slips))
    assert.deepEqual(webEventName(slip), { kind: 'misspelt', name }, slip)
  for (const custom of ['Order Completed', 'checkout', 'Quiz Finished', 'constructor', '購入']) {
    assert.deepEqual(webEventName(custom), { kind: 'custom', name: null }, custom)
  }
})

test('the currencies are 62 codes of three letters', () => {
  assert.equal(CURRENCIES.size, 62)
  assert.ok([...CURRENCIES].every((code) => /^[A-Z]{3}$/.test(code)))
})
