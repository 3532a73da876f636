import type { JsonObject } from '../core/json.ts'
import type { Advertiser, Page, Stream } from '../core/stream.ts'
import type { Row, Table } from '../core/table.ts'
import { quote } from '../tiktok/mask.ts'
import type { Reader } from '../tiktok/reader.ts'
import { toCell } from './cells.ts'
import { column, type EntityColumn } from './entity_columns.ts'

/** One page of objects as TikTok gave them. */
export interface EntityPage {
  readonly items: readonly JsonObject[]
  /** Of the whole slice; null when it is not known. */
  readonly total: number | null
}

/** All that tells one entity stream from another. */
export interface EntitySpec {
  readonly table: Omit<Table, 'group' | 'columns' | 'windowColumn' | 'advertiserColumn'>
  /** `_raw` is added at the end. */
  readonly columns: readonly EntityColumn[]
  readonly advertiserColumn?: string
  readonly isDefault?: boolean
  /** Calls that an advertiser takes at least. */
  readonly callsPerSlice: number
  /** Every field that TikTok documents; any other that no column holds is told of. */
  readonly documented: ReadonlySet<string>
  /** Fields that change at every call, such as addresses that expire; they are not stored. */
  readonly fleeting?: readonly string[]
  /** Every object of an advertiser, in pages; later ones count where an id repeats. */
  read(reader: Reader, advertiser: Advertiser): AsyncIterable<EntityPage>
}

/** A stream of entities: everything an advertiser has, deleted ones included, in one slice. */
export function entityStream(spec: EntitySpec): Stream<Reader> {
  const columns = [...spec.columns, rawColumn(spec.fleeting ?? [])]
  const table: Table = {
    ...spec.table,
    group: 'entity',
    columns: columns.map(({ from: _, ...plain }) => plain),
    advertiserColumn: spec.advertiserColumn ?? 'advertiser_id',
    windowColumn: null,
  }
  const known = new Set([...spec.documented, ...columns.flatMap(({ name, apiField }) => [name, apiField ?? name])])
  return {
    table,
    isDefault: spec.isDefault ?? true,
    callsPerSlice: spec.callsPerSlice,
    slices: () => [{ days: null }],
    open: (reader) => {
      const told = new Set<string>()
      return {
        async *read(advertiser): AsyncGenerator<Page> {
          for await (const { items, total } of spec.read(reader, advertiser)) {
            for (const item of items) tellUnknown(item, known, told, reader)
            yield { rows: items.map((item) => toRow(item, advertiser, columns)), total }
          }
        },
      }
    },
  }
}

function toRow(item: JsonObject, advertiser: Advertiser, columns: readonly EntityColumn[]): Row {
  return columns.map(({ type, from }) => toCell(type, from(item, advertiser)))
}

function tellUnknown(item: JsonObject, known: ReadonlySet<string>, told: Set<string>, reader: Reader): void {
  for (const field in item) {
    if (known.has(field) || told.has(field)) continue
    told.add(field)
    reader.note({ kind: 'unknown_field', field, sample: quote(item[field]) })
  }
}

/** Fields that are null say nothing, and of a hundred fields most are. */
function rawColumn(fleeting: readonly string[]): EntityColumn {
  const left = new Set(fleeting)
  const about = 'The whole object as TikTok gave it, without what is null and without addresses that expire'
  return column('json', '_raw', about, (entity) =>
    Object.fromEntries(Object.entries(entity).filter(([name, value]) => value !== null && !left.has(name))),
  )
}
