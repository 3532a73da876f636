/** Standard events of web, offline and CRM sources. Names are case-sensitive. Source: Supported standard events. */
export const WEB_EVENTS = [
  'AddPaymentInfo',
  'AddToCart',
  'AddToWishlist',
  'ApplicationApproval',
  'CompleteRegistration',
  'Contact',
  'CustomizeProduct',
  'Download',
  'FindLocation',
  'InitiateCheckout',
  'Lead',
  'PageView',
  'Purchase',
  'Schedule',
  'Search',
  'StartTrial',
  'SubmitApplication',
  'Subscribe',
  'ViewContent',
] as const

/** Old names that TikTok goes on taking and shows under the new one. Source: Updated standard events, 2025. */
export const RENAMED_EVENTS: Readonly<Record<string, string>> = {
  CompletePayment: 'Purchase',
  SubmitForm: 'Lead',
  Pageview: 'PageView',
}

/** Names that work until 2027, and what to use instead. */
export const DEPRECATED_EVENTS: Readonly<Record<string, string>> = {
  PlaceAnOrder: 'Purchase',
  ClickButton: 'ViewContent or Lead',
}

/** Names that TikTok itself turns into a standard event; no custom event may have them. Source: Reserved events. */
export const RESERVED_EVENTS: Readonly<Record<string, string>> = {
  AddBilling: 'AddPaymentInfo',
  Browse: 'PageView',
  Checkout: 'PlaceAnOrder',
  ClickForm: 'Lead',
  ClickInDownloadPage: 'ClickButton',
  ClickToDownload: 'Download',
  Consult: 'Contact',
  ConsultByPhone: 'Contact',
  Registration: 'CompleteRegistration',
  StartCheckout: 'InitiateCheckout',
  ViewConsultationPage: 'ViewContent',
  ViewDownloadPage: 'ViewContent',
  ViewForm: 'ViewContent',
}

export type EventNameKind = 'standard' | 'renamed' | 'deprecated' | 'reserved' | 'misspelt' | 'custom'

export interface EventNameVerdict {
  readonly kind: EventNameKind
  /** The name to use; null for a custom event, which has the name it has. */
  readonly name: string | null
}

const KNOWN: ReadonlyMap<string, EventNameVerdict> = new Map([
  ...WEB_EVENTS.map((name): [string, EventNameVerdict] => [name, { kind: 'standard', name }]),
  ...verdicts('renamed', RENAMED_EVENTS),
  ...verdicts('deprecated', DEPRECATED_EVENTS),
  ...verdicts('reserved', RESERVED_EVENTS),
])

/** Names without their case and separators: `add_to_cart` and `Add To Cart` are slips for `AddToCart`. Standard names win. */
const BY_LETTERS: ReadonlyMap<string, string> = new Map(
  [...Object.entries(RENAMED_EVENTS), ...WEB_EVENTS.map((name) => [name, name] as const)].map(([slip, name]) => [
    letters(slip),
    name,
  ]),
)

/** What TikTok makes of an event name of a web source. */
export function webEventName(name: string): EventNameVerdict {
  const known = KNOWN.get(name)
  if (known) return known
  const meant = BY_LETTERS.get(letters(name))
  return meant === undefined ? { kind: 'custom', name: null } : { kind: 'misspelt', name: meant }
}

function letters(name: string): string {
  return name.replace(/[\s_-]+/g, '').toLowerCase()
}

function verdicts(kind: EventNameKind, names: Readonly<Record<string, string>>): [string, EventNameVerdict][] {
  return Object.entries(names).map(([old, name]) => [old, { kind, name }])
}
