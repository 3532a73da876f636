import type { Value } from '../core/table.ts'
import type { Cell } from './sql_dialect.ts'

/** Of the types an answer mostly has, their numbers in `pg_type`, which never change. */
export const TYPE_NAMES: Readonly<Record<number, string>> = {
  16: 'boolean',
  20: 'bigint',
  21: 'smallint',
  23: 'integer',
  25: 'text',
  114: 'json',
  700: 'real',
  701: 'double precision',
  1042: 'character',
  1043: 'character varying',
  1082: 'date',
  1114: 'timestamp without time zone',
  1184: 'timestamp with time zone',
  1700: 'numeric(20,6)',
  2950: 'uuid',
  3802: 'jsonb',
}

const NUMBERS = new Set([21, 23, 700, 701])

/** A value as rows and answers hold it; PostgreSQL writes all of them as text. */
export function postgresValue(type: number, cell: Cell): Value {
  if (cell === null) return null
  if (NUMBERS.has(type)) return Number(cell)
  if (type === 16) return cell === 't'
  if (type === 1114) return cell.slice(0, 19)
  if (type === 1184) return instantOf(cell)
  return cell
}

function instantOf(cell: string): string {
  const date = new Date(cell.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'))
  return Number.isNaN(date.getTime()) ? cell : date.toISOString()
}
