import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { type Config, readConfig, type SettingName } from '../config.ts'
import type { Books } from '../core/books.ts'
import { configureDemo, sendsNothingOut } from '../demo/configure.ts'
import { readExample } from '../demo/example.ts'
import { booksText, type Places, tryText, whereText } from '../demo/guide.ts'
import { seededRandom } from '../demo/random.ts'
import { type DueWeek, dueWeek, rememberWeek } from '../demo/sent_week.ts'
import { startShop } from '../demo/shop_server.ts'
import { startSimulatorThread } from '../demo/simulator.ts'
import { openTraffic } from '../demo/traffic.ts'
import { endlessVisits, sampleWeek } from '../demo/week.ts'
import { summarise } from '../server/books.ts'
import type { EventRow } from '../server/contract.ts'
import { toRows } from '../server/event_rows.ts'
import { openStore, type Store } from '../store/store.ts'
import { lockFolder } from './lock_folder.ts'
import { CommandError, EXIT, terminal } from './outlet.ts'
import { serve } from './serve.ts'
import { untilStopped } from './until_stopped.ts'

const EXAMPLES = ['shop.yaml', 'reports.yaml'].map((file) => join(import.meta.dirname, '../../examples', file))
// What the local TikTok knows.
const ACCESS_TOKEN = 'simulator-token'
const APP = { id: '7000000000000000201', secret: 'simulator-secret' }
const QPS = '100' // more than TikTok itself would bear
const SETTLE_MS = 20_000
const LOOK_EVERY_MS = 100

/** A demo that runs. */
export interface Demo extends Places {
  /** The sample week has to be sent: no earlier start did, and nothing was pointed at TikTok itself. */
  readonly isWeekDue: boolean
  /** Sends it, if it is due; resolves when all of it has a verdict, or after 20 seconds. False when it was stopped before. */
  sendWeek(): Promise<boolean>
  /** Sends visits as they happen, from now on. */
  goLive(): void
  /** What became of everything so far, and how much was refused at the door. */
  books(): Promise<{ readonly total: Books; readonly rejected: number }>
  close(): Promise<void>
}

/** Runs the demo until it is asked to end. */
export async function runDemo(environment: NodeJS.ProcessEnv, sendsEvents: boolean, seed: number): Promise<void> {
  const stopped = untilStopped()
  const demo = await startDemo(demoConfig(environment), seed)
  try {
    await Promise.race([tellStory(demo, sendsEvents), stopped])
    await stopped
  } finally {
    await demo.close()
  }
}

async function tellStory(demo: Demo, sendsEvents: boolean): Promise<void> {
  terminal.talk(`\n  Backbeat runs\n${whereText(demo)}`)
  if (sendsEvents && demo.isWeekDue) terminal.talk("  Sending a week of the sample shop's events …\n")
  if (sendsEvents && !(await demo.sendWeek())) return
  const { total, rejected } = await demo.books()
  terminal.talk(`${booksText(total, rejected)}\n${tryText(demo)}`)
  if (sendsEvents) demo.goLive()
}

/**
 * The settings of the demo. Its data has a folder of its own inside BACKBEAT_DATA, and never a database that is shared:
 * sample events must not mix with real ones, nor be in line when a real pixel is connected. It logs only what goes wrong,
 * since a person reads along.
 */
export function demoConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const config = readConfig({ BACKBEAT_LOG: 'warn', BACKBEAT_TIKTOK_QPS: QPS, ...environment })
  return { ...config, BACKBEAT_DATA: join(config.BACKBEAT_DATA, 'demo'), BACKBEAT_DATABASE_URL: null }
}

/** Starts the local TikTok, the server and the sample shop. */
export async function startDemo(config: Config, seed: number): Promise<Demo> {
  await using starting = new AsyncDisposableStack()
  const simulator = await claimPort('BACKBEAT_SIMULATOR_PORT', config, startSimulatorThread)
  starting.defer(() => simulator.close())
  const writeKey = await configure(config, simulator.url)
  const serving = await claimPort('BACKBEAT_PORT', config, () =>
    serve(config, { simulatorUrl: simulator.url, demo: true }),
  )
  starting.defer(() => serving.close())
  const shop = await claimPort('BACKBEAT_SHOP_PORT', config, (port) =>
    startShop({ port, backbeatUrl: serving.url, writeKey, became: (ids) => becameOf(serving.store, ids) }),
  )
  starting.defer(() => shop.close())
  const folder = config.BACKBEAT_DATA
  const places = { consoleUrl: serving.url, shopUrl: shop.url, simulatorUrl: simulator.url, folder, writeKey }
  const week = (await sendsNothingOut(serving.store)) ? dueWeek(folder, seed, Date.now()) : null
  return demoAt(places, serving.store, seed, week, starting.move())
}

function demoAt(places: Places, store: Store, seed: number, week: DueWeek | null, running: AsyncDisposableStack): Demo {
  const { consoleUrl, folder, writeKey } = places
  const stopping = new AbortController()
  const stopped = stopping.signal
  const traffic = openTraffic({ host: consoleUrl, writeKey, fetch, now: Date.now, stopped })
  const underWay: Promise<void>[] = []

  async function sendWeek(): Promise<void> {
    if (week === null) return
    rememberWeek(folder, week, false)
    await traffic.sendWeek(sampleWeek(week.seed, week.endsAt))
    if (stopped.aborted) return
    rememberWeek(folder, week, true)
    await settle(store, stopped)
  }

  return {
    ...places,
    isWeekDue: week !== null,
    books: () => booksOf(store),
    async sendWeek() {
      const sending = sendWeek()
      underWay.push(sending)
      await sending
      return !stopped.aborted
    },
    goLive() {
      const visits = endlessVisits(seed, seededRandom(String(Date.now())))
      underWay.push(traffic.sendLive(visits, () => sendsNothingOut(store)))
    },
    async close() {
      stopping.abort()
      await Promise.allSettled(underWay)
      await running.disposeAsync()
    },
  }
}

/** Sets the example up before the server starts, so that it knows the write key from the first request on. */
async function configure(config: Config, simulatorUrl: string): Promise<string> {
  const apiUrl = `${simulatorUrl}/open_api/v1.3`
  const choices = { accessToken: ACCESS_TOKEN, apiUrl, app: APP }
  const example = EXAMPLES.flatMap((file) => readExample(readFileSync(file, 'utf8'), choices))
  const unlock = lockFolder(config.BACKBEAT_DATA)
  const store = await openStore(config, Date.now)
  await configureDemo(store, example, Date.now()).finally(() => store.close())
  unlock()
  return String(example.find(({ kind }) => kind === 'event_source')!.spec['write_key'])
}

async function becameOf(store: Store, messageIds: readonly string[]): Promise<readonly EventRow[]> {
  const found = await Promise.all(messageIds.map((id) => store.queue.find(null, id)))
  return toRows(store, found.flat())
}

async function booksOf(store: Store): Promise<{ total: Books; rejected: number }> {
  const { total, sources } = await summarise(store)
  return { total, rejected: sources.reduce((sum, { rejected }) => sum + rejected, 0) }
}

async function settle(store: Store, stopped: AbortSignal): Promise<void> {
  const deadline = Date.now() + SETTLE_MS
  while (!stopped.aborted && Date.now() < deadline) {
    if ((await booksOf(store)).total.pending === 0) return
    await setTimeout(LOOK_EVERY_MS, undefined, { signal: stopped }).catch(() => undefined)
  }
}

type PortSetting = Extract<SettingName, `${string}_PORT`>

async function claimPort<T>(setting: PortSetting, config: Config, start: (port: number) => Promise<T>): Promise<T> {
  const port = config[setting]
  try {
    return await start(port)
  } catch (error) {
    if (!isPortTaken(error)) throw error
    const message = `Cannot start the demo: port ${port} is taken, perhaps by another demo; end what listens there, or set ${setting} to a free port`
    throw new CommandError(EXIT.usage, message, { cause: error })
  }
}

const isPortTaken = (error: unknown): boolean =>
  error instanceof Error && ('code' in error ? error.code === 'EADDRINUSE' : isPortTaken(error.cause))
