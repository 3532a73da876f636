import { hash } from 'node:crypto'
import { TerminalError } from '../core/errors.ts'
import type { ColumnType, Value } from '../core/table.ts'
import { decimalOf, isShortest } from './decimals.ts'
import type { Cell } from './sql_dialect.ts'

/** A column whose values are kept: where it stands in the rows, and what it holds. */
export interface PlacedColumn {
  readonly name: string
  readonly type: ColumnType
  readonly index: number
}

// 22 characters of base64 are 132 bits: two rows never meet by chance.
const HASH_LENGTH = 22
const MARK_LENGTH = 6

/**
 * A row as cells, one for each column, its digest behind them. Equal values give equal digests however they are written
 * (`1.50` and `1.5`), and a column without a value counts for nothing, so that a new one changes no digest.
 */
export function rowCells(table: string, columns: readonly PlacedColumn[]): (row: readonly Value[]) => readonly Cell[] {
  const steps = columns.map(({ name, type, index }) => ({
    index,
    name,
    write: WRITE[type],
    mark: markOf(name),
  }))
  return (row) => {
    const cells: Cell[] = new Array(steps.length + 1)
    let digested = ''
    for (let i = 0; i < steps.length; i++) {
      const { index, name, write, mark } = steps[i]!
      const value = row[index] ?? null
      const cell = value === null ? null : write(value)
      if (cell === undefined) throw badValue(table, name, value)
      cells[i] = cell
      if (cell !== null) digested += `${mark}${cell.length}:${cell}`
    }
    cells[steps.length] = hash('sha256', digested, 'base64url').slice(0, HASH_LENGTH)
    return cells
  }
}

/** Stands for a column in a digest, whatever its place in the table; shorter than most names. */
const markOf = (name: string): string => hash('sha256', name, 'base64url').slice(0, MARK_LENGTH)

function badValue(table: string, column: string, value: Value): TerminalError {
  const shown = String(value).slice(0, 60)
  return new TerminalError(
    'warehouse.bad_value',
    `Cannot load ${table}: column "${column}" cannot hold "${shown}"; its type in the table's contract must change`,
  )
}

/** How a value is written as text; undefined when it is none of the type. */
type Write = (value: string | number | boolean) => string | undefined

const INTEGER = /^-?\d{1,19}$/
const BIGINT_MAX = 9_223_372_036_854_775_807n

const writeInteger: Write = (value) => {
  const text = typeof value === 'string' ? value : Number.isSafeInteger(value) ? String(value) : ''
  if (text.length < 16) return INTEGER.test(text) ? text : wholeOf(text)
  if (!INTEGER.test(text)) return wholeOf(text)
  const number = BigInt(text)
  return number <= BIGINT_MAX && number >= -BIGINT_MAX ? text : undefined
}

/** `12.00` is a whole number too; TikTok writes some counts like that. */
const wholeOf = (text: string): string | undefined => (/^-?\d{1,18}\.0+$/.test(text) ? text.split('.')[0] : undefined)

const writeRatio: Write = (value) => {
  if (typeof value === 'string' && isShortest(value)) return value
  const number = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value)
  return Number.isFinite(number) ? String(number) : undefined
}

const BOOLEANS: Readonly<Record<string, string>> = { true: '1', false: '0', '1': '1', '0': '0' }
const writeBoolean: Write = (value) => BOOLEANS[String(value)]

const DAY = /^\d{4}-\d\d-\d\d/
const LOCAL_TIME = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d/

const writeDate: Write = (value) => (DAY.test(String(value)) ? String(value).slice(0, 10) : undefined)

const writeLocalTime: Write = (value) => {
  const text = String(value)
  if (LOCAL_TIME.test(text)) return text.charAt(10) === ' ' ? text.slice(0, 19) : text.slice(0, 19).replace('T', ' ')
  return DAY.test(text) && text.length === 10 ? `${text} 00:00:00` : undefined
}

const writeInstant: Write = (value) => {
  const hasZone = typeof value === 'number' || /(?:Z|[+-]\d\d:?\d\d)$/.test(String(value))
  const date = new Date(typeof value === 'number' ? value : `${String(value).replace(' ', 'T')}${hasZone ? '' : 'Z'}`)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString()
}

// PostgreSQL takes neither a zero character nor half of a surrogate pair, so nothing of ours keeps them.
const clean = (text: string): string => text.replaceAll('\0', '').toWellFormed()
const writeText: Write = (value) => {
  const text = typeof value === 'string' ? value : String(value)
  return text.includes('\0') || !text.isWellFormed() ? clean(text) : text
}

const ESCAPED_ODDITY = /\\u(?:0000|d[89a-f])/i
const writeJson: Write = (value) => {
  const text = writeText(value)!
  if (!ESCAPED_ODDITY.test(text)) return text
  return JSON.stringify(JSON.parse(text), (_, inner) => (typeof inner === 'string' ? clean(inner) : inner))
}

const WRITE: Readonly<Record<ColumnType, Write>> = {
  id: writeInteger,
  integer: writeInteger,
  money: decimalOf,
  ratio: writeRatio,
  boolean: writeBoolean,
  date: writeDate,
  local_time: writeLocalTime,
  instant: writeInstant,
  text: writeText,
  json: writeJson,
}
