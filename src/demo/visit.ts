import type { JsonObject } from '../core/json.ts'
import { type Person, traitsOf } from './people.ts'
import { chance, letters, pick, type Random } from './random.ts'
import type { Step } from './steps.ts'

/** A call of one of Segment's libraries. */
export interface Call {
  readonly type: Step['type']
  /** Name of the event or page; empty for identify. */
  readonly name: string
  /** Properties, or the traits of an identify call. */
  readonly properties: JsonObject
  readonly anonymousId: string
  readonly userId?: string
  readonly context: JsonObject
  readonly timestamp: Date
}

/** How somebody came to the shop. */
export interface Landing {
  readonly referrer: string
  /** What the address of the first page carries besides its path. */
  readonly search: string
  /** Click id of a TikTok ad. */
  readonly ttclid: string | null
}

const SHOP = 'https://offbeat.example'
const CLICK_ID_LENGTH = 120 // real ones are longer still, and must not be cut
const CAMPAIGNS = ['autumn-drums', 'vinyl-week', 'first-turntable']
const REFERRERS = ['', '', 'https://www.google.com/', 'https://duckduckgo.com/']

/** Nobody led the visitor here. */
export const DIRECT: Landing = { referrer: '', search: '', ttclid: null }

/** A way into the shop by chance: from an ad on TikTok, from elsewhere, or straight. */
export function landingOf(random: Random): Landing {
  if (!chance(random, 0.3)) return { ...DIRECT, referrer: pick(random, REFERRERS) }
  const ttclid = `E.C.P.${letters(random, CLICK_ID_LENGTH)}`
  const search = `?utm_source=tiktok&utm_medium=paid&utm_campaign=${pick(random, CAMPAIGNS)}&ttclid=${ttclid}`
  return { referrer: 'https://www.tiktok.com/', search, ttclid }
}

/** The calls of one visit. Only the first page shows the click id; the shop keeps it for the order. */
export function callsOf(person: Person, landing: Landing, startsAt: number, steps: Iterable<Step>): Call[] {
  const calls: Call[] = []
  let at = startsAt
  let referrer = landing.referrer
  for (const step of steps) {
    at += step.afterMs
    const address = calls.length === 0 ? `${step.path}${landing.search}` : step.path
    calls.push(callOf(person, landing, step, pageOf(address, referrer), new Date(at)))
    if (step.type === 'page') referrer = `${SHOP}${step.path}`
  }
  return calls
}

function callOf(person: Person, { ttclid }: Landing, step: Step, page: JsonObject, timestamp: Date): Call {
  const { type, name, properties, isKnown } = step
  return {
    type,
    name,
    properties: type === 'page' ? { ...page, ...properties } : properties,
    anonymousId: person.anonymousId,
    ...(isKnown && { userId: person.userId }),
    context: { ...surroundingsOf(person), page, ...(FROM_SERVER.has(name) && buyerOf(person, ttclid)) },
    timestamp,
  }
}

/** Events to which the shop's server adds what only it knows. */
const FROM_SERVER: ReadonlySet<string> = new Set(['Payment Info Entered', 'Order Completed', 'Order Refunded'])

function buyerOf(person: Person, ttclid: string | null): JsonObject {
  return { traits: traitsOf(person), ...(ttclid !== null && { ttclid }) }
}

function surroundingsOf({ ip, userAgent, market, allowsAdvertising }: Person): JsonObject {
  const { locale, timezone } = market
  const consent = { categoryPreferences: { Advertising: allowsAdvertising, Analytics: true } }
  return { ip, userAgent, locale, timezone, ...(allowsAdvertising !== null && { consent }) }
}

function pageOf(address: string, referrer: string): JsonObject {
  const { pathname, search, href } = new URL(address, SHOP)
  return { path: pathname, search, url: href, title: 'Offbeat', referrer }
}
