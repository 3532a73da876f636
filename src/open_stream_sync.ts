import { type AppSettings, appOf } from './account_app.ts'
import type { Config } from './config.ts'
import { type Outside, openAccount } from './connect.ts'
import type { PlannableStream } from './core/plan_run.ts'
import type { SchemaPolicy } from './core/schema_policy.ts'
import type { Advertiser, OnNote, Source } from './core/stream.ts'
import type { Warehouse } from './core/warehouse.ts'
import { isStreamSync, type StreamSyncSpec } from './kinds.ts'
import { knownStreams, streamsOn } from './known_streams.ts'
import { openWarehouse } from './open_warehouse.ts'
import type { StoredResource } from './store/resources.ts'
import type { Store } from './store/store.ts'
import { listAdvertisers } from './tiktok/oauth.ts'
import { createRateBudgets, type RateBudget } from './tiktok/rate_budget.ts'
import { createReader } from './tiktok/reader.ts'

/** What a sync from TikTok needs beside the store. */
export interface StreamSyncOutside extends Outside {
  readonly random: () => number
  /** Resolves after so many milliseconds, or early when the signal says so. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>
  readonly settings: AppSettings
  /** Our own data folder, where relative paths of warehouses start. */
  readonly folder: string
  /** The budget that all who call with the same app share. */
  readonly budgetOf: (app: string) => RateBudget
}

/** How a process reaches TikTok and warehouses; all that is opened with it shares one budget for each app. */
export function streamSyncOutside(
  config: Config,
  given: Pick<StreamSyncOutside, 'fetch' | 'now' | 'random' | 'wait'>,
): StreamSyncOutside {
  return {
    ...given,
    timeoutMs: config.BACKBEAT_TIMEOUT,
    settings: config,
    folder: config.BACKBEAT_DATA,
    budgetOf: createRateBudgets({ now: given.now, perSecond: config.BACKBEAT_TIKTOK_QPS }),
  }
}

/** What one reading tells of itself, and what ends it. */
export interface Reading {
  readonly onNote: OnNote
  readonly signal: AbortSignal
}

/** A stream of a sync, ready to be opened for one reading. */
export interface SyncStream extends PlannableStream {
  open(reading: Reading): Source
}

/** An advertiser that the sync wants; `lacks` says why it cannot be read, and is null when it can. */
export type WantedAdvertiser = Advertiser & { readonly lacks: string | null }

/** A stored sync from TikTok with everything it is made of. */
export interface StreamSync {
  readonly name: string
  /** Name of the account. */
  readonly account: string
  /** Schema or dataset the tables stand in. */
  readonly schema: string
  readonly historyDays: number
  readonly backfillDays: number
  readonly policy: SchemaPolicy
  /** Streams that a person named one by one; null when the sync takes the usual ones. */
  readonly named: ReadonlySet<string> | null
  readonly streams: readonly SyncStream[]
  /** A person named the advertisers; else all that the account reaches are meant. */
  readonly namesAdvertisers: boolean
  readonly warehouse: Warehouse
  /** Advertisers to read, as TikTok gives them now. Throws a CallError. */
  advertisers(reading: Reading): Promise<readonly WantedAdvertiser[]>
  /** The app's budget now. */
  callsPerSecond(): number
  /** Closes the warehouse. */
  close(): Promise<void>
}

type Configured = Pick<Store, 'resources' | 'secrets'>

/**
 * Opens a stored sync from TikTok; nothing is called before it is used. The caller closes it.
 * @throws Error naming what the sync lacks.
 */
export async function openStreamSync(store: Configured, name: string, outside: StreamSyncOutside): Promise<StreamSync> {
  const resources = await store.resources.list()
  const sync = need(resources, 'sync', name)
  if (!isStreamSync(sync.spec)) throw new Error(`Cannot run ${name}: it carries events, so it runs all the time`)
  return openStreamSyncSpec(store, { name, spec: sync.spec as unknown as StreamSyncSpec }, outside)
}

/** The same for a sync that is not saved yet, such as one whose cost is wanted first. */
export async function openStreamSyncSpec(
  store: Configured,
  { name, spec }: { readonly name: string; readonly spec: StreamSyncSpec },
  outside: StreamSyncOutside,
): Promise<StreamSync> {
  const resources = await store.resources.list()
  const account = need(resources, 'account', spec.from.account)
  const stored = need(resources, 'warehouse', spec.to.warehouse)
  if (account.spec['access_token'] === undefined)
    throw new Error(`Cannot open the sync: account "${account.name}" is not connected; sign in at TikTok`)
  const app = await appOf(store, account, outside.settings)
  const tiktok = await openAccount(store, account, outside)
  const budget = outside.budgetOf(app?.appId ?? `account/${account.name}`)
  // A sync is opened anew for each run, and its slices learn from each other.
  const run = {}
  const reader = ({ onNote, signal }: Reading) =>
    createReader(tiktok, { ...outside, budget, onNote, signal, run, sleep: outside.wait })
  const warehouse = await openWarehouse(store, stored, outside.folder)
  const ids = spec.from.advertisers ?? idsOf(account)
  return {
    name,
    account: account.name,
    schema: spec.to.schema,
    historyDays: spec.history_days,
    backfillDays: spec.backfill_days,
    policy: spec.schema_policy,
    named: spec.from.streams ? new Set(spec.from.streams) : null,
    streams: streamsOn(spec, knownStreams(resources)).map((stream) => ({
      table: stream.table,
      callsPerSlice: stream.callsPerSlice,
      slices: (days) => stream.slices(days),
      open: (reading) => stream.open(reader(reading)),
    })),
    namesAdvertisers: spec.from.advertisers !== undefined,
    warehouse,
    async advertisers(reading) {
      const reached = await listAdvertisers(reader(reading), { app, ids })
      return spec.from.advertisers ? spec.from.advertisers.map((id) => wanted(id, reached)) : reached
    },
    callsPerSecond: () => budget.perSecond(),
    close: () => warehouse.close(),
  }
}

function need(resources: readonly StoredResource[], kind: string, name: string): StoredResource {
  const found = resources.find((resource) => resource.kind === kind && resource.name === name)
  if (!found) throw new Error(`Cannot open the sync: ${kind} "${name}" is gone; make it again, or change the sync`)
  return found
}

// Without an app nobody lists what the token reaches, so a person names one.
function idsOf({ spec }: StoredResource): readonly string[] {
  const id = spec['advertiser_id']
  return typeof id === 'string' ? [id] : []
}

function wanted(id: string, reached: readonly WantedAdvertiser[]): WantedAdvertiser {
  const lacks = 'The account does not reach it; give the person who signed in a role on it, then sign in again'
  return reached.find((one) => one.id === id) ?? { id, name: id, currency: '', timezone: 'UTC', lacks }
}
