import type { DuckDBType, DuckDBValue } from '@duckdb/node-api'
import type { ColumnType, Value } from '../core/table.ts'
import { unitsOf } from './decimals.ts'
import type { Cell } from './sql_dialect.ts'

type Api = typeof import('@duckdb/node-api')

/** How cells of a type go into a column of a data chunk. */
export interface CellWriter {
  readonly type: DuckDBType
  readonly write: (cell: Cell) => DuckDBValue
}

/** JSON is text that was checked: it is written as text, and becomes JSON in the table. */
export function cellWriter(api: Api, type: ColumnType): CellWriter {
  const ofText = (write: (cell: string) => DuckDBValue) => (cell: Cell) => (cell === null ? null : write(cell))
  switch (type) {
    case 'id':
    case 'integer':
      return { type: api.BIGINT, write: ofText(BigInt) }
    case 'money':
      return { type: api.DECIMAL(20, 6), write: ofText((cell) => new api.DuckDBDecimalValue(unitsOf(cell), 20, 6)) }
    case 'ratio':
      return { type: api.DOUBLE, write: ofText(Number) }
    case 'boolean':
      return { type: api.BOOLEAN, write: ofText((cell) => cell === '1') }
    case 'date': {
      const day = lastOf((cell) => new api.DuckDBDateValue(Date.parse(cell) / DAY_MS))
      return { type: api.DATE, write: ofText(day) }
    }
    case 'local_time': {
      const time = lastOf((cell) => new api.DuckDBTimestampValue(microsOf(`${cell.replace(' ', 'T')}Z`)))
      return { type: api.TIMESTAMP, write: ofText(time) }
    }
    case 'instant':
      return { type: api.TIMESTAMPTZ, write: ofText((cell) => new api.DuckDBTimestampTZValue(microsOf(cell))) }
    case 'text':
    case 'json':
      return { type: api.VARCHAR, write: (cell) => cell }
  }
}

const DAY_MS = 86_400_000
const microsOf = (iso: string): bigint => BigInt(Date.parse(iso)) * 1000n

/** Neighbouring rows mostly name the same day or hour, so the last one is remembered. */
function lastOf<T>(parse: (cell: string) => T): (cell: string) => T {
  let last: { readonly cell: string; readonly value: T } | null = null
  return (cell) => {
    if (last?.cell !== cell) last = { cell, value: parse(cell) }
    return last.value
  }
}

/** A value as rows and answers hold it: long numbers and decimals as text, times in ISO form. */
export function toValue(api: Api, value: DuckDBValue, type: DuckDBType): Value {
  if (value === null || typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string')
    return value
  if (typeof value === 'bigint') return String(value)
  if (value instanceof api.DuckDBTimestampTZValue) return isoOf(value.micros)
  if (value instanceof api.DuckDBTimestampValue) return isoOf(value.micros).slice(0, 19).replace('T', ' ')
  if (value instanceof api.DuckDBBlobValue) return Buffer.from(value.bytes).toString('base64')
  if (isNested(api, type))
    return JSON.stringify(api.JsonDuckDBValueConverter(value, type, api.JsonDuckDBValueConverter))
  return String(value)

  function isoOf(micros: bigint): string {
    const date = new Date(Number(micros / 1000n))
    return Number.isNaN(date.getTime()) ? String(value) : date.toISOString()
  }
}

function isNested({ DuckDBTypeId }: Api, { typeId }: DuckDBType): boolean {
  const { LIST, STRUCT, MAP, ARRAY, UNION } = DuckDBTypeId
  return [LIST, STRUCT, MAP, ARRAY, UNION].includes(typeId)
}
