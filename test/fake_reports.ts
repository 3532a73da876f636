import { addDays, daysBetween, daysOf } from '../src/core/days.ts'
import { type FakeAnswer, type FakeCall, type FakeTikTok, fakePage, fakeTikTok } from './fake_tiktok.ts'

/** An ad in the fake's world, newest first in its list. */
export interface FakeAd {
  readonly ad_id: string
  readonly adgroup_id: string
  readonly campaign_id: string
  readonly isDeleted?: boolean
  readonly isTopView?: boolean
}

export interface FakeReportsOptions {
  /** Read anew at every call, so that a test can change it while a report is read. */
  readonly ads: () => readonly FakeAd[]
  /** Whether a row has anything to say on these metrics; all have when left out. */
  readonly hasRow?: (id: string, metrics: readonly string[]) => boolean
  /** Ids that a report at once may hold before it is cut. */
  readonly idsMax?: number
  /** TikTok's words against these metrics; null when it takes them. */
  readonly refuse?: (metrics: readonly string[], call: FakeCall) => string | null
  /** Whether a call takes longer than TikTok allows. */
  readonly isSlow?: (call: FakeCall) => boolean
  /** What each task says of itself, time after time; the last word stays. */
  readonly tasks?: readonly (readonly string[])[]
}

export interface FakeReports extends FakeTikTok {
  /** What TikTok punishes: a call that timed out and was made again as it was. */
  readonly sins: readonly string[]
}

const BREAKDOWNS: Readonly<Record<string, readonly string[]>> = {
  country_code: ['US', 'DE'],
  age: ['AGE_18_24', 'NONE'],
  gender: ['FEMALE', 'MALE'],
  interest_category_v2: ['10', '11', '12'],
}
const ID_OF: Readonly<Record<string, 'ad_id' | 'adgroup_id' | 'campaign_id'>> = {
  AUCTION_AD: 'ad_id',
  AUCTION_ADGROUP: 'adgroup_id',
  AUCTION_CAMPAIGN: 'campaign_id',
}
const KNOWN = [
  ...['advertiser_id', 'report_type', 'data_level', 'dimensions', 'metrics', 'start_date', 'end_date'],
  ...['query_lifetime', 'filtering', 'page', 'page_size', 'output_format', 'enable_report_title_translation'],
]

interface Asked {
  readonly data_level: string
  readonly dimensions: readonly string[]
  readonly metrics: readonly string[]
  readonly start_date?: string
  readonly end_date?: string
  readonly query_lifetime?: unknown
  readonly filtering?: readonly { readonly field_name: string; readonly filter_value: string }[]
}

type FakeRow = { readonly dimensions: Record<string, string>; readonly metrics: Record<string, string> }

/** TikTok's reports over a few ads, as strict as TikTok about what a call may hold. */
export function fakeReports(options: FakeReportsOptions): FakeReports {
  const { idsMax = 20_000, tasks = [['SUCCESS']] } = options
  const timedOut = new Set<string>()
  const sins: string[] = []
  const orders: { readonly call: FakeCall; checks: number }[] = []

  function judge(call: FakeCall): FakeAnswer | null {
    const asked = call.params as unknown as Asked
    const refusal = refusalOf(call) ?? options.refuse?.(asked.metrics, call) ?? null
    if (refusal !== null) return { code: 40_002, message: refusal }
    const identity = `${call.path} ${JSON.stringify(call.params)}`
    if (timedOut.has(identity)) sins.push(identity)
    if (options.isSlow?.(call) !== true) return null
    timedOut.add(identity)
    return { code: 50_002, message: 'Service time out' }
  }

  const fake = fakeTikTok({
    '/report/integrated/get/': (call) => {
      const wrong = judge(call)
      if (wrong !== null) return wrong
      const asked = call.params as unknown as Asked
      const ids = idsOf(asked, options.ads())
      const kept = ids.slice(0, idsMax)
      const told = kept.filter((id) => options.hasRow?.(id, asked.metrics) !== false)
      const page = fakePage(call, rowsOf(asked, options.ads(), told), 1000)
      const headers = { 'X-Tt-Ads-Throttle': 'Number of ad ids is equal or more than 20k' }
      return ids.length > kept.length && 'data' in page ? { ...page, headers } : page
    },
    '/report/task/create/': (call) => {
      const wrong = judge(call)
      if (wrong !== null) return wrong
      orders.push({ call, checks: 0 })
      return { data: { task_id: String(orders.length) } }
    },
    '/report/task/check/': ({ params }) => {
      const words = tasks[Math.min(Number(params['task_id']), tasks.length) - 1]!
      const order = orders[Number(params['task_id']) - 1]!
      order.checks += 1
      return { data: { status: words[Math.min(order.checks, words.length) - 1], message: '' } }
    },
    '/report/task/download/': ({ params }) => {
      const asked = orders[Number(params['task_id']) - 1]!.call.params as unknown as Asked
      return { text: csvOf(asked, rowsOf(asked, options.ads(), idsOf(asked, options.ads()))) }
    },
  })
  return { ...fake, sins }
}

/** The rows that a whole report must have, for comparison. */
export function expectedRows(asked: Asked, ads: readonly FakeAd[]): readonly FakeRow[] {
  return rowsOf(asked, ads, idsOf({ ...asked, filtering: [statusAll(asked.data_level)] }, ads))
}

const statusAll = (level: string) => ({ field_name: statusOf(level) ?? '', filter_value: '["STATUS_ALL"]' })

const statusOf = (level: string): string | null => ID_OF[level]?.replace('_id', '_status') ?? null

function refusalOf({ params, path }: FakeCall): string | null {
  const asked = params as unknown as Asked
  const unknown = Object.keys(params).filter((name) => !KNOWN.includes(name))
  if (unknown.length > 0) return `Unknown argument ${unknown.join()}`
  if (asked.metrics.length === 0 || asked.metrics.length > 100) return 'metrics: must be 1 to 100'
  const time = asked.dimensions.find((name) => name.startsWith('stat_time'))
  const daysMax = time === undefined ? 365 : time === 'stat_time_day' ? 30 : 1
  if (asked.query_lifetime !== undefined ? time !== undefined || asked.start_date !== undefined : !asked.start_date) {
    return 'start_date: not allowed, or missing'
  }
  if (asked.start_date && daysBetween(asked.start_date, asked.end_date!) + 1 > daysMax) {
    return `max time span is ${daysMax} days when use ${time}`
  }
  for (const { field_name, filter_value } of asked.filtering ?? []) {
    if (field_name.endsWith('_status') && field_name !== statusOf(asked.data_level))
      return `Invalid filter ${field_name}`
    if (path.includes('task') && !field_name.endsWith('_ids')) return `Invalid filter ${field_name}`
    if (field_name.endsWith('_ids') && JSON.parse(filter_value).length > 100) return 'Too many ids'
  }
  return null
}

/** Ids that a report is about, newest first. */
function idsOf({ data_level, filtering = [] }: Asked, ads: readonly FakeAd[]): readonly string[] {
  const valuesOf = (field: string): readonly string[] | null => {
    const text = filtering.find(({ field_name }) => field_name === field)?.filter_value
    return text === undefined ? null : JSON.parse(text)
  }
  const id = ID_OF[data_level]
  if (id === undefined) return ['']
  const isAll = valuesOf(statusOf(data_level)!)?.includes('STATUS_ALL') === true
  const campaigns = valuesOf('campaign_ids')
  const buying = valuesOf('buying_type')
  const fits = (ad: FakeAd) =>
    (isAll || ad.isDeleted !== true) &&
    (campaigns === null || campaigns.includes(ad.campaign_id)) &&
    (buying?.includes('RESERVATION_TOP_VIEW') === true) === (ad.isTopView === true)
  return [...new Set(ads.filter(fits).map((ad) => ad[id]))]
}

function rowsOf(asked: Asked, ads: readonly FakeAd[], ids: readonly string[]): readonly FakeRow[] {
  const id = ID_OF[asked.data_level]
  const names = asked.dimensions
  const days = names.includes('stat_time_day')
    ? daysOf({ from: asked.start_date!, to: asked.end_date! }).map((day) => `${day} 00:00:00`)
    : ['']
  const hours = names.includes('stat_time_hour') ? [0, 1, 23].map((hour) => hourOf(asked.start_date!, hour)) : ['']
  const cells = names
    .filter((name) => name in BREAKDOWNS)
    .reduce<string[][]>((all, name) => all.flatMap((cell) => BREAKDOWNS[name]!.map((value) => [...cell, value])), [[]])
  return ids.flatMap((one) => {
    const ad = ads.find((other) => id !== undefined && other[id] === one)
    return days.flatMap((day) =>
      hours.flatMap((hour) =>
        cells.map((cell) => {
          const values = [...cell]
          const dimensions = Object.fromEntries(
            names.map((name) => [
              name,
              name === 'stat_time_day'
                ? day
                : name === 'stat_time_hour'
                  ? hour
                  : name in BREAKDOWNS
                    ? values.shift()!
                    : one,
            ]),
          )
          const metrics = asked.metrics.map((name) => [name, figureOf(name, Object.values(dimensions), ad)])
          return { dimensions, metrics: Object.fromEntries(metrics) }
        }),
      ),
    )
  })
}

const hourOf = (day: string, hour: number): string => `${day} ${String(hour).padStart(2, '0')}:00:00`

function figureOf(name: string, dimensions: readonly string[], ad: FakeAd | undefined): string {
  if (name === 'campaign_id' || name === 'adgroup_id') return ad?.[name] ?? '-'
  if (name === 'result') return '-'
  const number = [...`${name} ${dimensions.join(' ')}`].reduce((sum, sign) => (sum * 31 + sign.charCodeAt(0)) % 9973, 7)
  return name.endsWith('_name') ? `${name} "${number}", so` : `${number}.25`
}

function csvOf({ dimensions, metrics }: Asked, rows: readonly FakeRow[]): string {
  const quote = (cell: string) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
  const lines = rows.map((row) => [
    ...dimensions.map((name) => row.dimensions[name]!),
    ...metrics.map((name) => row.metrics[name]!),
  ])
  return [[...dimensions, ...metrics], ...lines].map((line) => line.map(quote).join(',')).join('\n')
}

/** So many ads, a few in each ad group and campaign, with ids of nineteen digits. */
export function someAds(count: number, adsPerCampaign = 4): readonly FakeAd[] {
  return Array.from({ length: count }, (_, i) => ({
    ad_id: idOf(3, count - i),
    adgroup_id: idOf(2, Math.floor((count - i) / 2)),
    campaign_id: idOf(1, Math.floor((count - i) / adsPerCampaign)),
  }))
}

const idOf = (kind: number, number: number): string => `18${kind}${String(number).padStart(16, '0')}`

/** The last so many days before a fixed one. */
export const someDays = (count: number) => ({ from: addDays('2026-03-30', 1 - count), to: '2026-03-30' })
