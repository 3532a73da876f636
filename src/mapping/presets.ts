import type { JsonObject } from '../core/json.ts'
import { type Products, presetFields } from './preset_fields.ts'

/** A ready mapping: when it applies, which TikTok event it reports, and how the fields are filled. */
export interface Preset {
  /** Stable id, the source event in snake case: `order_completed`. */
  readonly name: string
  readonly title: string
  /** Trigger, in FQL. */
  readonly when: string
  /** TikTok's event name. */
  readonly event: string
  readonly mapping: JsonObject
}

/** `segment` is Segment's table of today; `segment-classic` the one its customers had until 2024. */
export type PresetSet = 'segment' | 'segment-classic'

/** Search words: newer pixels read `search_string`, older ones `query`. */
const SEARCH: JsonObject = {
  search_string: { '@first': ['$.properties.search_string', '$.properties.query'] },
}

/** Servers put the page of a page call among its properties, browsers in the context too. */
const PAGE: JsonObject = {
  url: { '@first': ['$.context.page.url', '$.properties.url'] },
  referrer: { '@first': ['$.context.page.referrer', '$.properties.referrer'] },
}

const track = (title: string, name: string, event: string, products: Products, more?: JsonObject): Preset => ({
  name: name.toLowerCase().replaceAll(' ', '_'),
  title,
  when: `event = "${name}"`,
  event,
  mapping: presetFields(products, more),
})

const page = (title: string, event: string): Preset => ({
  name: 'page_viewed',
  title,
  when: 'type = "page"',
  event,
  mapping: presetFields('list', PAGE),
})

const SHOP: readonly Preset[] = [
  track('Add to Cart', 'Product Added', 'AddToCart', 'flat'),
  track('Search', 'Products Searched', 'Search', 'flat', SEARCH),
  track('Initiate Checkout', 'Checkout Started', 'InitiateCheckout', 'list'),
  track('Add Payment Info', 'Payment Info Entered', 'AddPaymentInfo', 'list'),
  track('Add to Wishlist', 'Product Added to Wishlist', 'AddToWishlist', 'flat'),
]

/** The presets of each set, in the order a person meets them. */
export const presetSets: { readonly [set in PresetSet]: readonly Preset[] } = {
  'segment-classic': [
    track('Place an Order', 'Order Completed', 'PlaceAnOrder', 'list'),
    ...SHOP,
    page('View Content', 'ViewContent'),
  ],
  segment: [
    track('Complete Payment', 'Order Completed', 'CompletePayment', 'list'),
    track('Place an Order', 'Order Placed', 'PlaceAnOrder', 'list'),
    ...SHOP,
    page('Page View', 'PageView'),
    track('View Content', 'Product Viewed', 'ViewContent', 'flat'),
    track('Click Button', 'Product Clicked', 'ClickButton', 'flat'),
    track('Contact', 'Callback Started', 'Contact', 'none'),
    track('Subscribe', 'Subscription Created', 'Subscribe', 'none'),
    track('Submit Form', 'Form Submitted', 'SubmitForm', 'none'),
    track('Download', 'Download Link Clicked', 'Download', 'none'),
    track('Complete Registration', 'Signed Up', 'CompleteRegistration', 'none'),
  ],
}

/** The preset of that name in a set, or null. */
export function findPreset(set: PresetSet, name: string): Preset | null {
  return presetSets[set].find((preset) => preset.name === name) ?? null
}

/** Events that TikTok renamed in May 2025; it still takes the old names and reports the new ones. */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['CompletePayment', 'Purchase'],
  ['SubmitForm', 'Lead'],
])

/** The name under which TikTok reports an event today; a name that was never changed comes back as it is. */
export function modernName(event: string): string {
  return RENAMED.get(event) ?? event
}
