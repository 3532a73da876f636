import type { JsonObject } from '../core/json.ts'
import { typedEmail, typedPhone } from './contacts.ts'
import { type City, MARKETS, type Market } from './markets.ts'
import { chance, pick, pickByShare, type Random, seededRandom } from './random.ts'

/** Somebody who visits the sample shop. */
export interface Person {
  readonly userId: string
  readonly anonymousId: string
  readonly market: Market
  readonly firstName: string
  readonly lastName: string
  readonly email: string
  readonly phone: string | null
  readonly home: City
  readonly ip: string
  readonly userAgent: string
  /** Whether their data may be used for advertising; null where nobody asks. */
  readonly allowsAdvertising: boolean | null
  /** Had an account before the week began. */
  readonly isCustomer: boolean
}

const USER_AGENTS = [
  'Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/22G86 musical_ly_41.2.0 BytedanceWebview/d8a21c6',
  'Mozilla/5.0 (Linux; Android 16; Pixel 10) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.1 Safari/605.1.15',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
]

/** Number `number` of the people of a seed. The same number is always the same person. */
export function personOf(seed: number, number: number, from: Market | null = null): Person {
  const random = seededRandom(`${seed} person ${number} ${from?.country ?? ''}`)
  const market = from ?? pickByShare(random, MARKETS)
  const firstName = pick(random, market.firstNames)
  const lastName = pick(random, market.lastNames)
  return {
    userId: `${market.country.toLowerCase()}-${10_000 + number}`,
    anonymousId: uuid(random),
    market,
    firstName,
    lastName,
    email: typedEmail(random, firstName, lastName, number % 100),
    phone: market.dialling && chance(random, 0.6) ? typedPhone(random, market.dialling) : null,
    home: pick(random, market.cities),
    ip: ipOf(random, number),
    userAgent: pick(random, USER_AGENTS),
    allowsAdvertising: market.asksConsent ? chance(random, 0.7) : null,
    isCustomer: chance(random, 0.35),
  }
}

/** What the shop knows of a customer, as traits of the identify call. */
export function traitsOf({ email, phone, firstName, lastName, home, market }: Person): JsonObject {
  return {
    email,
    ...(phone !== null && { phone }),
    firstName,
    lastName,
    address: { ...home, country: market.country },
  }
}

// Ranges set aside for documentation (RFC 5737, RFC 3849): public in form, and nobody's.
function ipOf(random: Random, number: number): string {
  if (chance(random, 0.2)) return `2001:db8:${number.toString(16)}::${(number % 251) + 1}`
  return `${pick(random, ['192.0.2', '198.51.100', '203.0.113'])}.${(number % 254) + 1}`
}

function uuid(random: Random): string {
  const hex = (length: number) => Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('')
  return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`
}
