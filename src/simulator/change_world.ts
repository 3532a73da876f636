import { ControlError } from './control_error.ts'
import { isObject, type JsonObject, mergePatch } from './json.ts'
import { parseSettings } from './settings.ts'
import type { Asset, ById, Grant, World } from './world.ts'

/** A change to the world as a JSON merge patch: null removes, what is left out of a new entry gets a default. */
export type WorldPatch = { readonly [part: string]: unknown }

const ADVERTISER = '7000000000000000001'

const FIRST_WORLD = {
  advertisers: { [ADVERTISER]: { name: 'Simulator shop' } },
  tokens: { 'simulator-token': {} },
  developer_apps: { '7000000000000000201': { secret: 'simulator-secret' } },
  pixels: { CSIMULATOR0000000001: { name: 'Simulator pixel' } },
  offline_event_sets: { '7000000000000000101': { name: 'Simulator stores' } },
  crm_event_sets: { '7000000000000000102': { name: 'Simulator CRM' } },
  apps: { '7000000000000000103': { name: 'Simulator app' } },
  settings: {},
}

const refuse = (path: string, value: unknown, expected: string): never => {
  throw new ControlError(`Cannot change the world: ${path} is ${JSON.stringify(value)}; expected ${expected}`)
}

const refuseUnknown = (object: object, known: readonly string[], path: string): void => {
  const unknown = Object.keys(object).find((key) => !known.includes(key))
  if (unknown === undefined) return
  throw new ControlError(`Cannot change the world: ${path} "${unknown}" is unknown; known: ${known.join(', ')}`)
}

type Reader<T> = (value: unknown, path: string) => T

const text: Reader<string> = (value, path) =>
  typeof value === 'string' && value !== '' ? value : refuse(path, value, 'a text')

const texts: Reader<readonly string[]> = (value, path) =>
  Array.isArray(value) ? value.map((one) => text(one, path)) : refuse(path, value, 'a list of texts')

const STATES: readonly Grant['state'][] = ['active', 'revoked', 'expired']

const state: Reader<Grant['state']> = (value, path) =>
  STATES.find((known) => known === value) ?? refuse(path, value, STATES.join(', '))

type EntryReader<T> = (entry: JsonObject, path: string, id: string) => T

const named: EntryReader<{ name: string }> = (entry, path, id) => {
  refuseUnknown(entry, ['name'], path)
  return { name: text(entry['name'] ?? id, `${path}.name`) }
}

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
    state: state(entry['state'] ?? 'active', `${path}.state`),
    advertisers: texts(entry['advertisers'] ?? [ADVERTISER], `${path}.advertisers`),
    ...(event_sources !== undefined && { event_sources: texts(event_sources, `${path}.event_sources`) }),
  }
}

const object = (value: unknown, path: string): JsonObject =>
  isObject(value) ? value : refuse(path, value, 'an object')

function entries<T>(world: JsonObject, part: string, read: EntryReader<T>): ById<T> {
  const readEntry = ([id, entry]: [string, unknown]): [string, T] => {
    const path = `${part}.${id}`
    return [id, read(object(entry, path), path, id)]
  }
  return Object.fromEntries(Object.entries(object(world[part] ?? {}, part)).map(readEntry))
}

function readWorld(world: JsonObject): World {
  refuseUnknown(world, Object.keys(FIRST_WORLD), 'part')
  return {
    advertisers: entries(world, 'advertisers', named),
    tokens: entries(world, 'tokens', grant),
    developer_apps: entries(world, 'developer_apps', app),
    pixels: entries(world, 'pixels', asset),
    offline_event_sets: entries(world, 'offline_event_sets', asset),
    crm_event_sets: entries(world, 'crm_event_sets', asset),
    apps: entries(world, 'apps', asset),
    settings: parseSettings(object(world['settings'] ?? {}, 'settings')),
  }
}

/** The world with a patch over it. Throws ControlError, and changes nothing, when the patch makes no sense. */
export const changeWorld = (world: World, patch: WorldPatch): World =>
  readWorld(object(mergePatch(world, patch), 'world'))

/** The world a fresh simulator starts with, changed by a patch. */
export const firstWorld = (patch: WorldPatch = {}): World => changeWorld(readWorld(FIRST_WORLD), patch)
