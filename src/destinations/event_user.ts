import type { Json, JsonObject } from '../core/json.ts'
import { normaliseCity, normaliseState, normaliseUsZip, normaliseZip } from '../tiktok/address.ts'
import { countryCode } from '../tiktok/countries.ts'
import { digestOne, digests, type Normalise, normaliseEmail, normaliseExternalId } from '../tiktok/identity.ts'
import { isPublicIp } from '../tiktok/ip.ts'
import { maskIp, quote } from '../tiktok/mask.ts'
import { normaliseName } from '../tiktok/names.ts'
import { decode, ttclidOf } from '../tiktok/page.ts'
import type { Findings } from '../tiktok/reasons.ts'
import { text } from '../tiktok/values.ts'

/** The person of an event, as `user` on the wire; `url` is the page it happened on, which may hold the click id. */
export function userOf(row: JsonObject, url: string | undefined, normalisePhone: Normalise, findings: Findings) {
  const country = countryOf(row['country'], findings)
  const zip = country === 'us' ? normaliseUsZip : normaliseZip
  return {
    email: digests(row['email'], normaliseEmail, 'user.email', findings),
    phone: digests(row['phone'], normalisePhone, 'user.phone', findings),
    external_id: digests(row['external_id'], normaliseExternalId, 'user.external_id', findings),
    first_name: digestOne(row['first_name'], normaliseName, 'user.first_name', findings),
    last_name: digestOne(row['last_name'], normaliseName, 'user.last_name', findings),
    zip_code: digestOne(row['zip_code'], zip, 'user.zip_code', findings),
    city: cityOf(row['city'], findings),
    state: stateOf(row['state'], country, findings),
    country,
    ttclid: ttclid(row['ttclid'], url, findings),
    ttp: text(row['ttp'], 'user.ttp', findings),
    ip: ipOf(row['ip'], findings),
    user_agent: text(row['user_agent'], 'user.user_agent', findings),
    locale: localeOf(row['locale'], findings),
  }
}

export type EventUser = ReturnType<typeof userOf>

/** Warns when TikTok will have nothing to find the person by. */
export function checkMatchKeys(user: EventUser, findings: Findings): void {
  if (user.ttclid ?? user.email ?? user.phone ?? user.external_id ?? user.ttp) return
  if (user.ip !== undefined && user.user_agent !== undefined) return
  const message = 'Goes without anything to match by: TikTok will not find the person, nor the ad'
  findings.warn('tiktok.no_match_key', 'user', message)
}

function ttclid(given: Json | undefined, url: string | undefined, findings: Findings): string | undefined {
  const mapped = text(given, 'user.ttclid', findings)?.trim()
  const found = (url === undefined ? undefined : ttclidOf(url)) ?? (mapped === undefined ? undefined : decode(mapped))
  if (found !== undefined && !found.startsWith('E.C.P.')) {
    const message = `Goes with an unlikely user.ttclid: those of TikTok begin with "E.C.P.", this one with ${quote(found.slice(0, 6))}`
    findings.warn('tiktok.unusable_ttclid', 'user.ttclid', message)
  }
  return found
}

function ipOf(given: Json | undefined, findings: Findings): string | undefined {
  const ip = text(given, 'user.ip', findings)?.trim()
  if (ip === undefined || isPublicIp(ip)) return ip
  findings.warn('tiktok.unusable_ip', 'user.ip', `Left out user.ip ${maskIp(ip)}: it is not a public address`)
  return undefined
}

function localeOf(given: Json | undefined, findings: Findings): string | undefined {
  const locale = text(given, 'user.locale', findings)
  return locale?.includes('_') ? locale.replaceAll('_', '-') : locale
}

function cityOf(given: Json | undefined, findings: Findings): string | undefined {
  const city = text(given, 'user.city', findings)
  return city === undefined ? undefined : normaliseCity(city) || undefined
}

function stateOf(given: Json | undefined, country: string | undefined, findings: Findings): string | undefined {
  const state = text(given, 'user.state', findings)
  return state === undefined ? undefined : normaliseState(state, country)
}

function countryOf(given: Json | undefined, findings: Findings): string | undefined {
  const country = text(given, 'user.country', findings)
  if (country === undefined) return undefined
  const code = countryCode(country)
  if (code !== null) return code
  const message = `Left out user.country: ${quote(country)} is not a code of ISO 3166-1`
  findings.warn('tiktok.unusable_identifier', 'user.country', message)
  return undefined
}
