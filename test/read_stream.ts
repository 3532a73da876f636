import type { Advertiser, Stream } from '../src/core/stream.ts'
import type { Table, Value } from '../src/core/table.ts'
import type { Reader } from '../src/tiktok/reader.ts'

/** An advertiser as tests know it. */
export const ADVERTISER: Advertiser = {
  id: '7000000000000000001',
  name: 'Shop',
  currency: 'USD',
  timezone: 'America/New_York',
}

/** A row by its columns' names. */
export type NamedRow = Readonly<Record<string, Value>>

/** Every row of a stream's first slice, by names; cells that are null are left out. */
export const readStream = (stream: Stream<Reader>, reader: Reader): Promise<NamedRow[]> =>
  readStreamOf(stream, reader, ADVERTISER)

/** The same, of any advertiser. */
export async function readStreamOf(
  stream: Stream<Reader>,
  reader: Reader,
  advertiser: Advertiser,
): Promise<NamedRow[]> {
  const rows: NamedRow[] = []
  const [slice] = stream.slices({ from: '2026-11-01', to: '2026-11-02' })
  for await (const page of stream.open(reader).read(advertiser, slice!)) {
    for (const row of page.rows) rows.push(nameCells(stream.table, row))
  }
  return rows
}

function nameCells({ name, columns }: Table, row: readonly Value[]): NamedRow {
  if (row.length !== columns.length)
    throw new Error(`A row of ${name} has ${row.length} cells for ${columns.length} columns`)
  const cells = columns.map((column, index) => [column.name, row[index] ?? null] as const)
  return Object.fromEntries(cells.filter(([, value]) => value !== null))
}
