import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { testGolden } from '../../test/golden.ts'
import type { Json, JsonObject } from '../core/json.ts'
import { compileMapping } from './compile_mapping.ts'
import { findPreset, modernName, type PresetSet, presetSets } from './presets.ts'

const eventsOf = (set: PresetSet) =>
  Object.fromEntries(presetSets[set].map(({ name, when, event }) => [name, `${when} → ${event}`]))

test("the classic set is the seven presets of Segment's first table", () => {
  assert.deepEqual(eventsOf('segment-classic'), {
    order_completed: 'event = "Order Completed" → PlaceAnOrder',
    product_added: 'event = "Product Added" → AddToCart',
    products_searched: 'event = "Products Searched" → Search',
    checkout_started: 'event = "Checkout Started" → InitiateCheckout',
    payment_info_entered: 'event = "Payment Info Entered" → AddPaymentInfo',
    product_added_to_wishlist: 'event = "Product Added to Wishlist" → AddToWishlist',
    page_viewed: 'type = "page" → ViewContent',
  })
})

test("the other set is the fifteen presets of Segment's table of today", () => {
  assert.deepEqual(eventsOf('segment'), {
    order_completed: 'event = "Order Completed" → CompletePayment',
    order_placed: 'event = "Order Placed" → PlaceAnOrder',
    product_added: 'event = "Product Added" → AddToCart',
    products_searched: 'event = "Products Searched" → Search',
    checkout_started: 'event = "Checkout Started" → InitiateCheckout',
    payment_info_entered: 'event = "Payment Info Entered" → AddPaymentInfo',
    product_added_to_wishlist: 'event = "Product Added to Wishlist" → AddToWishlist',
    page_viewed: 'type = "page" → PageView',
    product_viewed: 'event = "Product Viewed" → ViewContent',
    product_clicked: 'event = "Product Clicked" → ClickButton',
    callback_started: 'event = "Callback Started" → Contact',
    subscription_created: 'event = "Subscription Created" → Subscribe',
    form_submitted: 'event = "Form Submitted" → SubmitForm',
    download_link_clicked: 'event = "Download Link Clicked" → Download',
    signed_up: 'event = "Signed Up" → CompleteRegistration',
  })
})

test('a preset is found by its name in its set', () => {
  assert.equal(findPreset('segment', 'order_placed')?.event, 'PlaceAnOrder')
  assert.equal(findPreset('segment-classic', 'order_placed'), null)
})

test('every preset is plain data that compiles', () => {
  for (const preset of Object.values(presetSets).flat()) {
    assert.deepEqual(JSON.parse(JSON.stringify(preset)), preset)
    assert.equal(typeof compileMapping(preset.mapping), 'function')
  }
})

test('an event name that TikTok changed has a modern name, any other is its own', () => {
  assert.deepEqual(['CompletePayment', 'SubmitForm', 'PlaceAnOrder', 'Custom'].map(modernName), [
    'Purchase',
    'Lead',
    'PlaceAnOrder',
    'Custom',
  ])
})

testGolden(join(import.meta.dirname, 'golden'), (input: Json) => {
  const { set, preset, event } = input as { set: PresetSet; preset: string; event: JsonObject }
  return compileMapping(findPreset(set, preset)!.mapping)(event)
})
