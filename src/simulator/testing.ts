import type { TestContext } from 'node:test'
import type { WorldPatch } from './change_world.ts'
import { startSimulator } from './server.ts'

/** For this folder's tests: a simulator at a fixed time, and events it has nothing to say against. */

export const NOW = Date.parse('2026-11-21T12:00:00Z')
export const TOKEN = 'simulator-token'
export const PIXEL = 'CSIMULATOR0000000001'
export const OFFLINE_SET = '7000000000000000101'
export const CRM_SET = '7000000000000000102'
export const APP = '7000000000000000103'
/** Ad accounts: US dollars, euros, listed but not to be read, yen. */
export const SHOP = '7000000000000000001'
export const LADEN = '7000000000000000002'
export const DENIED = '7000000000000000003'
export const SHOTEN = '7000000000000000004'
export const TRACK = '/open_api/v1.3/event/track/'

const DIGEST = '848a771458438fc2ec420560d769fb9b9b86851ee338ec56517baabd79d3bb4f'

/** A web event without fault or finding. */
export const anEvent = (changes: object = {}) => ({
  event: 'Purchase',
  event_time: NOW / 1000 - 60,
  event_id: 'order-1',
  user: { email: DIGEST, ip: '93.184.216.34', user_agent: 'Mozilla/5.0' },
  properties: { value: 25.5, currency: 'EUR', contents: [{ content_id: 'sku-1', price: 25.5, quantity: 1 }] },
  page: { url: 'https://shop.example.com/thanks' },
  ...changes,
})

/** A request body of the Events API 2.0 with these events. */
export const aBody = (data: unknown, changes: object = {}) => ({
  event_source: 'web',
  event_source_id: PIXEL,
  data,
  ...changes,
})

/** A body for another event source, with the member that source requires. */
export const offlineBody = (event: object) => aBody([event], { event_source: 'offline', event_source_id: OFFLINE_SET })
export const crmBody = (event: object) =>
  aBody([{ lead: { lead_id: '7000000000000009' }, ...event }], { event_source: 'crm', event_source_id: CRM_SET })
export const appBody = (event: object) =>
  aBody([{ app: { app_id: 'com.example' }, ...event }], { event_source: 'app', event_source_id: APP })

export interface Answered {
  readonly status: number
  readonly code: number
  readonly message: string
  readonly request_id: string
  readonly data: Record<string, unknown>
}

/** Parsed JSON that a test reads without checking; the assertion is the check. */
// biome-ignore lint/suspicious/noExplicitAny: answers differ by path, and each test asserts their shape
export type Parsed = any

export interface TestSimulator {
  readonly url: string
  /** Posts to one of TikTok's paths. A text body goes as it is. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answered>
  /** Posts events to /event/track/. */
  track(body: unknown): Promise<Answered>
  get(path: string): Promise<Parsed>
  /** Reads one of the paths under v1.3, such as `/campaign/get/`. Lists and objects go as JSON, as TikTok wants them. */
  read(path: string, args?: Readonly<Record<string, unknown>>, token?: string): Promise<Parsed>
  /** Calls one of the simulator's own paths. */
  control(method: string, path: string, body?: unknown): Promise<Parsed>
}

export interface TestOptions {
  readonly world?: WorldPatch
  readonly settings?: object
  readonly now?: () => number
  readonly log?: (line: string) => void
}

const json = (response: Response): Promise<Parsed> => response.json()

const queryOf = (args: Readonly<Record<string, unknown>>) =>
  new URLSearchParams(
    Object.entries(args).map(([name, value]): [string, string] => [
      name,
      typeof value === 'object' ? JSON.stringify(value) : `${value}`,
    ]),
  )

/** A simulator on a free port that ends with the test. */
export async function aSimulator(test: TestContext, options: TestOptions = {}): Promise<TestSimulator> {
  const { settings = {}, now = () => NOW, log = () => undefined } = options
  const { url, close } = await startSimulator({ port: 0, now, log, world: { settings, ...options.world } })
  test.after(close)
  const post: TestSimulator['post'] = async (path, body, headers = { 'access-token': TOKEN }) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const response = await fetch(url + path, { method: 'POST', headers, body: text })
    return { status: response.status, ...(await json(response)) }
  }
  return {
    url,
    post,
    track: (body) => post(TRACK, body),
    get: async (path) => json(await fetch(url + path, { headers: { 'access-token': TOKEN } })),
    read: async (path, args = {}, token = TOKEN) =>
      json(await fetch(`${url}/open_api/v1.3${path}?${queryOf(args)}`, { headers: { 'access-token': token } })),
    control: async (method, path, body) =>
      json(
        await fetch(`${url}/__simulator/${path}`, { method, body: body === undefined ? null : JSON.stringify(body) }),
      ),
  }
}
