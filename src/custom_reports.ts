import { appOf } from './account_app.ts'
import { openAccount } from './connect.ts'
import { TerminalError } from './core/errors.ts'
import type { Advertiser, Day } from './core/stream.ts'
import type { Row, Table } from './core/table.ts'
import type { StreamSyncOutside } from './open_stream_sync.ts'
import type { StoredResource } from './store/resources.ts'
import type { Store } from './store/store.ts'
import { customStream } from './streams/custom_report.ts'
import type { ReportSpec } from './streams/report_spec.ts'
import { listAdvertisers } from './tiktok/oauth.ts'
import { createReader, type Reader } from './tiktok/reader.ts'

export { type ReportSpec, reportSpec } from './streams/report_spec.ts'
export { checkReport } from './tiktok/reporting/check_report.ts'
export { reportChoices } from './tiktok/reporting/choices.ts'

/** The table that a report would fill. The report has passed `checkReport`. */
export const reportTable = (name: string, spec: ReportSpec): Table => customStream(name, spec).table

/** Calls that reading one day of it takes at least. */
export function callsPerDay(spec: ReportSpec): number {
  const stream = customStream('unsaved', spec)
  return stream.callsPerSlice * stream.slices({ from: '2026-01-01', to: '2026-01-01' }).length
}

/** What somebody wants to see of a report before it is saved. */
export interface PreviewAsked {
  readonly spec: ReportSpec
  readonly account: StoredResource
  readonly advertiserId: string
  readonly day: Day
}

/** Some rows of a report, and how many there are where TikTok says so. */
export interface ReportPreview {
  readonly table: Table
  readonly rows: readonly Row[]
  readonly total: number | null
}

const ROWS = 10
/** Longest time a person waits for a preview. */
const PATIENCE_MS = 30_000

/**
 * The first rows of a report of one day, from TikTok; nothing is kept. Throws a CallError when TikTok refuses, and a
 * TimeoutError after half a minute.
 */
export async function previewReport(
  store: Pick<Store, 'secrets'>,
  { spec, account, advertiserId, day }: PreviewAsked,
  outside: StreamSyncOutside,
): Promise<ReportPreview> {
  const reader = await openReader(store, account, outside)
  const advertiser = await findAdvertiser(reader, advertiserId)
  const stream = customStream('preview', spec)
  const [slice] = stream.slices({ from: day, to: day })
  for await (const { rows, total } of stream.open(reader).read(advertiser, slice!)) {
    if (rows.length > 0) return { table: stream.table, rows: rows.slice(0, ROWS), total }
  }
  return { table: stream.table, rows: [], total: 0 }
}

async function openReader(
  store: Pick<Store, 'secrets'>,
  account: StoredResource,
  outside: StreamSyncOutside,
): Promise<Reader> {
  const app = await appOf(store, account, outside.settings)
  return createReader(await openAccount(store, account, outside), {
    ...outside,
    budget: outside.budgetOf(app?.appId ?? `account/${account.name}`),
    onNote: () => {},
    signal: AbortSignal.timeout(PATIENCE_MS),
    sleep: outside.wait,
  })
}

async function findAdvertiser(reader: Reader, id: string): Promise<Advertiser> {
  const [advertiser] = await listAdvertisers(reader, { app: null, ids: [id] })
  if (advertiser && advertiser.lacks === null) return advertiser
  throw new TerminalError(
    'tiktok.no_permission',
    `Cannot read advertiser ${id}: ${advertiser?.lacks ?? 'TikTok tells nothing about it'}`,
  )
}
