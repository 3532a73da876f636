import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max'
import { isOtherDigest, type Normalise, type Unusable } from './identity.ts'

const CODE = 'tiktok.unusable_phone'
const NATIONAL: Unusable = { code: CODE, why: 'it has no country code, and the destination has no default country' }
const NO_PHONE: Unusable = { code: CODE, why: 'it is not a phone number that any country has' }
const NOT_SHA256: Unusable = {
  code: CODE,
  why: 'it is hashed, but not with SHA-256, the only form TikTok matches',
}

/** Numbers that need the library are few and come again; each entry is some 200 bytes. */
const CACHE_SIZE = 10_000

const CALLING_CODES: ReadonlySet<string> = new Set(getCountries().map((country) => getCountryCallingCode(country)))

/** Whether the two letters are a country whose numbers are known. */
export function isPhoneCountry(country: string): country is CountryCode {
  return (getCountries() as string[]).includes(country)
}

/**
 * Opens the rule for phone numbers: E.164 with its plus, which is hashed with it. National numbers are read as those of
 * `defaultCountry`; without one they are unusable, as a guess would match somebody else. Keeps the results of slow
 * readings in memory.
 */
export function phoneNormaliser(defaultCountry: CountryCode | null): Normalise {
  const slow = new Map<string, string | Unusable>()
  return (text) => {
    if (isPlainE164(text)) return text
    const known = slow.get(text)
    if (known !== undefined) return known
    const read = readPhone(text, defaultCountry)
    if (slow.size >= CACHE_SIZE) slow.clear()
    slow.set(text, read)
    return read
  }
}

// Blanks, brackets, dots, slashes, dashes of all lengths, and the invisible marks that come along with copied text.
const SEPARATORS = /[\s().\-/\u2010-\u2015\u200b-\u200f\u202a-\u202e\u2060]+/g

function readPhone(text: string, defaultCountry: CountryCode | null): string | Unusable {
  const plain = text.replace(SEPARATORS, '').replace(/^tel:/, '').replace(/^00/, '+')
  if (plain === '' || isPlainE164(plain)) return plain
  if (isOtherDigest(plain)) return NOT_SHA256
  if (defaultCountry === null && !/^[+\uff0b]/.test(plain)) return /\d{4}/.test(plain) ? NATIONAL : NO_PHONE
  const parsed = parsePhoneNumberFromString(plain, defaultCountry ?? undefined)
  return parsed?.isPossible() ? parsed.number : NO_PHONE
}

/**
 * A plus, a known calling code, and 7 to 15 digits in all. Not whether anybody has the number: what looks right goes as
 * it is, so that it is hashed as the pixel hashes it. A zero right after the calling code is a national prefix in most
 * countries and part of the number in some, which is for the library to tell.
 */
function isPlainE164(plain: string): boolean {
  if (!/^\+[1-9]\d{6,14}$/.test(plain)) return false
  for (let end = 2; end <= 4; end++) {
    if (CALLING_CODES.has(plain.slice(1, end))) return plain[end] !== '0'
  }
  return false
}
