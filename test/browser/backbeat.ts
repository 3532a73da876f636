import type { TestContext } from 'node:test'
import { type Serving, serve } from '../../src/commands/serve.ts'
import { readConfig } from '../../src/config.ts'
import type { Books } from '../../src/core/books.ts'
import type { EventList, EventRow, Kind, Summary, Trace } from '../../src/server/contract.ts'
import type { FaultOrder } from '../../src/simulator/fault_kinds.ts'
import { startSimulator } from '../../src/simulator/server.ts'
import { tempFolder } from '../temp_folder.ts'
import { atEnd } from './at_end.ts'
import { until } from './until.ts'

/** What the local TikTok takes; see `src/simulator/server.ts`. */
export const TOKEN = 'simulator-token'
export const ADVERTISER = '7000000000000000001'
export const PIXEL = 'CSIMULATOR0000000001'

/** Write key of the source that `layRoad` makes. */
export const WRITE_KEY = 'browser-test-key'

/** A server with a local TikTok behind it. */
export interface Backbeat {
  /** Where console, API and senders' door are. */
  readonly url: string
  readonly tiktok: LocalTikTok
  /** Asks the API as a program would. @throws Error with its words when it refuses */
  get<T>(path: string): Promise<T>
  put<T>(path: string, body: object): Promise<T>
  post<T>(path: string, body: object): Promise<T>
  /** Waits until no event is pending. */
  settled(): Promise<Books>
  /** Waits for an event of this name, and that its verdict is in. */
  settledEvent(name: string): Promise<EventRow>
  trace(id: number): Promise<Trace>
}

export interface LocalTikTok {
  readonly url: string
  /** Base address of its API, for an account. */
  readonly apiUrl: string
  /** Events it counted, newest first. */
  counted(event?: string): Promise<readonly CountedEvent[]>
  /** Orders a fault; see `src/simulator/fault_kinds.ts`. */
  order(fault: FaultOrder): Promise<void>
}

/** The part of `/__simulator/events` that tests read. */
export interface CountedEvent {
  readonly event: string
  readonly event_id: string
  readonly event_source_id: string
  /** As it was on the wire. */
  readonly payload: {
    readonly user?: Readonly<Record<string, unknown>>
    readonly page?: Readonly<Record<string, unknown>>
    readonly properties?: Readonly<Record<string, unknown>>
  }
}

/** Starts a server and a local TikTok on free ports; both end with the test. */
export async function startBackbeat(
  t: TestContext,
  environment: Readonly<Record<string, string>> = {},
): Promise<Backbeat> {
  const simulator = await startSimulator({ port: 0 })
  atEnd(t, () => simulator.close())
  const config = readConfig({
    BACKBEAT_DATA: tempFolder({ after: (remove) => atEnd(t, remove) }),
    BACKBEAT_PORT: '0',
    BACKBEAT_LOG: 'error',
    BACKBEAT_FLUSH: '20ms',
    ...environment,
  })
  const serving: Serving = await serve(config, { simulatorUrl: simulator.url })
  atEnd(t, () => serving.close())
  return { url: serving.url, tiktok: tiktokAt(simulator.url), ...apiAt(serving.url) }
}

/** The local TikTok that answers at an address. */
export function tiktokAt(url: string): LocalTikTok {
  return {
    url,
    apiUrl: `${url}/open_api/v1.3`,
    async counted(event) {
      const query = event === undefined ? '' : `&event=${encodeURIComponent(event)}`
      const answer = await fetch(`${url}/__simulator/events?limit=1000${query}`)
      return ((await answer.json()) as { events: CountedEvent[] }).events
    },
    async order(fault) {
      await fetch(`${url}/__simulator/faults`, { method: 'POST', body: JSON.stringify(fault) })
    },
  }
}

function apiAt(url: string): Omit<Backbeat, 'url' | 'tiktok'> {
  async function ask<T>(method: string, path: string, body?: object): Promise<T> {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`Cannot ${method} ${path}: ${answer.status} ${text}`)
    return JSON.parse(text) as T
  }
  const get = <T>(path: string) => ask<T>('GET', path)
  return {
    get,
    put: (path, body) => ask('PUT', path, body),
    post: (path, body) => ask('POST', path, body),
    trace: (id) => get(`/events/${id}`),
    settled: () =>
      until('no event is pending', async () => {
        const { total } = await get<Summary>('/summary')
        return total.accepted > 0 && total.pending === 0 && total
      }),
    settledEvent: (name) =>
      until(`a verdict on "${name}"`, async () => {
        const { events } = await get<EventList>(`/events?name=${encodeURIComponent(name)}`)
        return events.find((event) => event.name === name && event.standing !== 'pending')
      }),
  }
}

/** Sends one event as a program would, and waits for its verdict. */
export async function send(
  backbeat: Backbeat,
  event: { readonly event: string; readonly [more: string]: unknown },
): Promise<EventRow> {
  const answer = await fetch(`${backbeat.url}/v1/track`, {
    method: 'POST',
    body: JSON.stringify({ writeKey: WRITE_KEY, ...event }),
  })
  if (!answer.ok) throw new Error(`Cannot send "${event.event}": ${answer.status} ${await answer.text()}`)
  return backbeat.settledEvent(event.event)
}

/** Lays the whole road: account, source, destination, and a sync with these mappings. */
export async function layRoad(backbeat: Backbeat, mappings: readonly object[]): Promise<void> {
  const put = (kind: Kind, name: string, spec: object) => backbeat.put(`/resources/${kind}/${name}`, { spec })
  await put('account', 'main', {
    access_token: TOKEN,
    api_url: backbeat.tiktok.apiUrl,
    advertiser_id: ADVERTISER,
  })
  await put('event_source', 'shop', { type: 'segment', write_key: WRITE_KEY })
  await put('destination', 'shop-pixel', { type: 'web_events', account: 'main', pixel_code: PIXEL })
  await put('sync', 'shop-to-pixel', {
    from: { event_source: 'shop' },
    to: { destination: 'shop-pixel' },
    mappings,
  })
}

/** Mappings as the presets have them, each under the name of its own. */
export const fromPresets = (...presets: readonly string[]): readonly object[] =>
  presets.map((preset) => ({ name: preset, preset }))
