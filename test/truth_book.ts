import { streams } from '../src/catalog.ts'
import { addDays, daysBetween, daysOf, localDay } from '../src/core/days.ts'
import type { RunSlice } from '../src/core/run.ts'
import type { Advertiser, Day } from '../src/core/stream.ts'
import type { Table } from '../src/core/table.ts'
import type { Parsed } from '../src/simulator/testing.ts'
import type { LocalRoad } from './local_road.ts'

/** A level of the reports, and the column that names its objects. */
export interface Level {
  readonly level: 'advertiser' | 'campaign' | 'adgroup' | 'ad'
  readonly table: Table
  readonly id: string
  /** Columns that may be added up, and what TikTok calls them. */
  readonly sums: readonly { readonly name: string; readonly apiField: string }[]
}

const DAILY = /^(advertiser|campaign|adgroup|ad)_report_daily$/

/** The reports by day of every level. */
export const LEVELS: readonly Level[] = streams.flatMap(({ table }) => {
  const level = DAILY.exec(table.name)?.[1] as Level['level'] | undefined
  if (level === undefined) return []
  const sums = table.columns.flatMap(({ name, apiField, totals }) =>
    totals === 'sum' && apiField !== null ? [{ name, apiField }] : [],
  )
  return [{ level, table, id: `${level}_id`, sums }]
})

/** Millionths; null where there is no value. */
export type Figure = bigint | null

/** Figures by table, then by advertiser, object and day, in the order of the level's sums. */
export type Book = ReadonlyMap<string, ReadonlyMap<string, readonly Figure[]>>

export const keyOf = (advertiser: string, id: string, day: Day): string => `${advertiser} ${id} ${day}`
export const dayOf = (key: string): Day => key.slice(-10)

/** `"12.5"` → `12500000n`; `"-"` and null → null. */
export function micros(value: unknown): Figure {
  if (value === null || value === undefined || value === '-') return null
  const match = /^(-?)(\d+)(?:\.(\d{1,6})0*)?$/.exec(String(value))
  if (match === null) throw new Error(`No decimal: ${value}`)
  const [, sign, whole, part = ''] = match
  const units = BigInt(whole! + part.padEnd(6, '0'))
  return sign === '-' ? -units : units
}

/** What TikTok holds of an advertiser over some days, at the moment its clock shows. */
export async function truthOf(
  { tiktok }: LocalRoad,
  { level, sums }: Level,
  advertiser: string,
  days: readonly Day[],
): Promise<ReadonlyMap<string, readonly Figure[]>> {
  const [from, to] = [days[0]!, days.at(-1)!]
  const metrics = sums.map(({ apiField }) => apiField).join(',')
  const path = `truth?advertiser_id=${advertiser}&from=${from}&to=${to}&level=${level}&by=id,day&metrics=${metrics}`
  const { groups = [], error }: Parsed = await tiktok.control('GET', path)
  if (error) throw new Error(error)
  const asked = new Set(days)
  return new Map(
    groups.flatMap(({ id, day, metrics: said }: Parsed) =>
      asked.has(day) ? [[keyOf(advertiser, id, day), sums.map(({ apiField }) => micros(said[apiField]))]] : [],
    ),
  )
}

/** What stands in the tables of a warehouse, and the keys of the rows that are final. */
export async function standing(
  road: LocalRoad,
  tables: readonly string[] = LEVELS.map(({ table }) => table.name),
): Promise<{ book: Book; finals: ReadonlySet<string> }> {
  const finals = new Set<string>()
  const book = new Map<string, Map<string, readonly Figure[]>>()
  for (const { table, id, sums } of LEVELS.filter((level) => tables.includes(level.table.name))) {
    const names = sums.map(({ name }) => name).join(', ')
    const rows = await road.rows(
      `select advertiser_id as a, ${id} as id, cast(stat_time_day as date) as d, _is_final as f, ${names} from tiktok_ads.${table.name}`,
    )
    const figures = new Map<string, readonly Figure[]>()
    for (const row of rows) {
      const key = keyOf(String(row['a']), String(row['id']), String(row['d']))
      if (figures.has(key)) throw new Error(`${table.name} has ${key} twice`)
      figures.set(
        key,
        sums.map(({ name }) => micros(row[name])),
      )
      if (row['f'] === true) finals.add(`${table.name} ${key}`)
    }
    book.set(table.name, figures)
  }
  return { book, finals }
}

/** When each day of a table and advertiser was read last. */
export type Readings = Map<string, Map<Day, number>>

const placeOf = (table: string, advertiser: string): string => `${table} ${advertiser}`

/**
 * Days a run must read, by the rule people are told: those of the history that were never read, and those that were younger
 * than the window when they were read last.
 */
export function daysDue(
  readings: Readings,
  table: string,
  { id, timezone }: Advertiser,
  { startedAt, now, history, backfill }: { startedAt: number; now: number; history: number; backfill: number },
): readonly Day[] {
  const read = readings.get(placeOf(table, id)) ?? new Map<Day, number>()
  const from = addDays(localDay(startedAt, timezone), 1 - history)
  return daysOf({ from, to: localDay(now, timezone) }).filter((day) => {
    const at = read.get(day)
    return at === undefined || daysBetween(day, localDay(at, timezone)) <= backfill
  })
}

/** Notes that days were read. */
export function noteReading(
  readings: Readings,
  table: string,
  advertiser: string,
  days: readonly Day[],
  at: number,
): void {
  const place = placeOf(table, advertiser)
  const read = readings.get(place) ?? new Map<Day, number>()
  for (const day of days) read.set(day, at)
  readings.set(place, read)
}

/** Days that the slices of a run covered, by table and advertiser. */
export const daysRead = (slices: readonly RunSlice[], table: string, advertiser: string): readonly Day[] =>
  slices
    .filter((slice) => slice.stream === table && slice.advertiserId === advertiser && slice.state === 'done')
    .flatMap(({ days }) => daysOf(days!))
    .toSorted()

/** Sums by table, advertiser, day and column: how much a state differs from another. Nothing where nothing does. */
export type Sums = Map<string, bigint>

export function addTo(sums: Sums, place: string, amount: bigint): void {
  const sum = (sums.get(place) ?? 0n) + amount
  if (sum === 0n) sums.delete(place)
  else sums.set(place, sum)
}

const NONE: ReadonlyMap<string, readonly Figure[]> = new Map()

/** The difference of two states, of all rows or of those that stood there before. */
export function difference(before: Book, after: Book, only: 'all' | 'standing'): Sums {
  const sums: Sums = new Map()
  for (const { table, sums: columns } of LEVELS) {
    const [old, young] = [before.get(table.name) ?? NONE, after.get(table.name) ?? NONE]
    for (const key of new Set([...old.keys(), ...young.keys()])) {
      if (only === 'standing' && !old.has(key)) continue
      const [was, is] = [old.get(key) ?? [], young.get(key) ?? []]
      const [advertiser, , day] = key.split(' ')
      columns.forEach(({ name }, i) => {
        addTo(sums, `${table.name} ${advertiser} ${day} ${name}`, (is[i] ?? 0n) - (was[i] ?? 0n))
      })
    }
  }
  return sums
}
