import { isObject, type JsonObject, mergePatch } from './json.ts'
import { object, oneOf, type Reader, refuseUnknown, text, texts } from './read_part.ts'
import { parseSettings } from './settings.ts'
import type { Deed } from './world/deeds.ts'
import { readAdvertiser, readAdvertising, readDeed } from './world/read_blueprint.ts'
import type { Asset, ById, Grant, World } from './world.ts'

/** A change to the world as a JSON merge patch: null removes, what is left out of a new entry gets a default. */
export type WorldPatch = { readonly [part: string]: unknown }

const ADVERTISER = '7000000000000000001'

const NEW_YORK = { currency: 'USD', display_timezone: 'America/New_York', country: 'US', language: 'en' }
const BERLIN = { currency: 'EUR', display_timezone: 'Europe/Berlin', country: 'DE', language: 'de' }
const TOKYO = { currency: 'JPY', display_timezone: 'Asia/Tokyo', country: 'JP', language: 'ja' }

const FIRST_WORLD = {
  advertisers: {
    [ADVERTISER]: { name: 'Simulator shop', ...NEW_YORK, campaigns: 12, adgroups: 31, ads: 126, campaigns_later: 10 },
    '7000000000000000002': {
      name: 'Simulator Laden',
      ...BERLIN,
      campaigns: 5,
      adgroups: 13,
      ads: 54,
      campaigns_later: 6,
    },
    '7000000000000000003': { name: 'Simulator agency (no permission)', ...NEW_YORK, permission: 'denied' },
    '7000000000000000004': { name: 'シミュレーター商店', ...TOKYO, campaigns: 2, adgroups: 3, ads: 8 },
  },
  tokens: { 'simulator-token': { advertisers: 'all' } },
  developer_apps: { '7000000000000000201': { secret: 'simulator-secret' } },
  pixels: {
    CSIMULATOR0000000001: { name: 'Simulator pixel' },
    CSIMULATOR0000000002: { name: 'Simulator Laden', advertiser_id: '7000000000000000002' },
  },
  offline_event_sets: { '7000000000000000101': { name: 'Simulator stores' } },
  crm_event_sets: { '7000000000000000102': { name: 'Simulator CRM' } },
  apps: { '7000000000000000103': { name: 'Simulator app' } },
  settings: {},
  advertising: {},
}

const advertisers: Reader<readonly string[] | 'all'> = (value, path) => (value === 'all' ? value : texts(value, path))

type EntryReader<T> = (entry: JsonObject, path: string, id: string) => T

const app: EntryReader<{ secret: string }> = (entry, path) => {
  refuseUnknown(entry, ['secret'], path)
  return { secret: text(entry['secret'], `${path}.secret`) }
}

const asset: EntryReader<Asset> = (entry, path, id) => {
  refuseUnknown(entry, ['name', 'advertiser_id'], path)
  return {
    name: text(entry['name'] ?? id, `${path}.name`),
    advertiser_id: text(entry['advertiser_id'] ?? ADVERTISER, `${path}.advertiser_id`),
  }
}

const grant: EntryReader<Grant> = (entry, path) => {
  refuseUnknown(entry, ['state', 'advertisers', 'event_sources'], path)
  const { event_sources } = entry
  return {
    state: oneOf(['active', 'revoked', 'expired'])(entry['state'] ?? 'active', `${path}.state`),
    advertisers: advertisers(entry['advertisers'] ?? [ADVERTISER], `${path}.advertisers`),
    ...(event_sources !== undefined && { event_sources: texts(event_sources, `${path}.event_sources`) }),
  }
}

function entries<T>(world: JsonObject, part: string, read: EntryReader<T>): ById<T> {
  const readEntry = ([id, entry]: [string, unknown]): [string, T] => {
    const path = `${part}.${id}`
    return [id, read(object(entry, path), path, id)]
  }
  return Object.fromEntries(Object.entries(object(world[part] ?? {}, part)).map(readEntry))
}

function readWorld(world: JsonObject, deeds: readonly Deed[], now: number): World {
  refuseUnknown(world, Object.keys(FIRST_WORLD), 'part')
  return {
    advertisers: entries(world, 'advertisers', readAdvertiser),
    tokens: entries(world, 'tokens', grant),
    developer_apps: entries(world, 'developer_apps', app),
    pixels: entries(world, 'pixels', asset),
    offline_event_sets: entries(world, 'offline_event_sets', asset),
    crm_event_sets: entries(world, 'crm_event_sets', asset),
    apps: entries(world, 'apps', asset),
    settings: parseSettings(object(world['settings'] ?? {}, 'settings')),
    advertising: readAdvertising(object(world['advertising'] ?? {}, 'advertising'), now),
    deeds,
  }
}

const listOf = (value: unknown): readonly unknown[] => {
  if (value === undefined) return []
  return Array.isArray(value) ? value : [value]
}

/** A world of another size is laid out anew: the day it was laid out for goes, unless the patch names one. */
function withoutOldDay({ advertising, ...parts }: WorldPatch): WorldPatch {
  if (!isObject(advertising)) return advertising === undefined ? parts : { ...parts, advertising }
  return { ...parts, advertising: { until: null, ...advertising } }
}

/**
 * The world with a patch over it; `do` in the patch is one thing to do, or a list of them. `now` in ms.
 * Throws ControlError, and changes nothing, when the patch makes no sense.
 */
export function changeWorld({ deeds, ...world }: World, { do: doing, ...patch }: WorldPatch, now: number): World {
  const done = listOf(doing).map((deed, nth) => readDeed(object(deed, `do.${nth}`), now, `do.${nth}`))
  return readWorld(object(mergePatch(world, withoutOldDay(patch)), 'world'), [...deeds, ...done], now)
}

/** The world a fresh simulator starts with, changed by a patch. `now` in ms. */
export const firstWorld = (patch: WorldPatch, now: number): World =>
  changeWorld(readWorld(FIRST_WORLD, [], now), patch, now)
