import type { Json } from '../core/json.ts'
import type { ColumnType, Value } from '../core/table.ts'

/** A value of TikTok's as a cell of a type. What TikTok leaves empty, or writes as `-`, is null; so is what does not fit. */
export function toCell(type: ColumnType, value: Json | undefined): Value {
  if (value === undefined || value === null || value === '' || value === '-') return null
  return CELLS[type](value)
}

const CELLS: Readonly<Record<ColumnType, (value: NonNullable<Json>) => Value>> = {
  id: (value) => wholeText(value),
  text: (value) => (typeof value === 'object' ? JSON.stringify(value) : String(value)),
  integer: toInteger,
  money: toMoney,
  ratio: toRatio,
  boolean: toBoolean,
  date: (value) => toLocalTime(value)?.slice(0, 10) ?? null,
  local_time: toLocalTime,
  instant: (value) => {
    const time = toLocalTime(value)
    return time === null ? null : `${time.replace(' ', 'T')}Z`
  },
  json: (value) => JSON.stringify(value),
}

/** Digits as text, so that ids of 19 digits stay whole. */
function wholeText(value: Json): string | null {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value
  return typeof text === 'string' && /^\d{1,19}$/.test(text) ? text : null
}

function toInteger(value: Json): Value {
  const text = typeof value === 'number' && Number.isInteger(value) ? value.toFixed(0) : value
  if (typeof text !== 'string') return null
  const whole = /^(-?\d{1,19})(?:\.0+)?$/.exec(text.trim())?.[1]
  if (whole === undefined) return null
  const number = Number(whole)
  return Number.isSafeInteger(number) ? number : whole
}

/** Decimal text with at most six places, as it came: no binary fraction ever stands between. */
function toMoney(value: Json): Value {
  const text = typeof value === 'number' ? plainDecimal(value) : value
  return typeof text === 'string' && /^-?\d+(?:\.\d+)?$/.test(text.trim()) ? roundPlaces(text.trim()) : null
}

const PLACES = 6

const plainDecimal = (number: number): string => (/e/.test(String(number)) ? number.toFixed(PLACES) : String(number))

function roundPlaces(text: string): string {
  const [whole = '', places = ''] = text.split('.')
  if (places.length <= PLACES) return text
  const sign = whole.startsWith('-') ? -1n : 1n
  const micros = BigInt(whole.replace('-', '') + places.slice(0, PLACES)) + (places[PLACES]! >= '5' ? 1n : 0n)
  const digits = micros.toString().padStart(PLACES + 1, '0')
  return `${sign < 0n && micros > 0n ? '-' : ''}${digits.slice(0, -PLACES)}.${digits.slice(-PLACES)}`
}

function toRatio(value: Json): Value {
  const number = typeof value === 'string' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : null
}

function toBoolean(value: Json): Value {
  if (typeof value === 'boolean') return value
  const text = String(value).toLowerCase()
  if (text === 'true' || text === '1') return true
  return text === 'false' || text === '0' ? false : null
}

/** `YYYY-MM-DD HH:MM:SS`; TikTok also writes ISO with a Z (files) and seconds since 1970 (advertisers), both UTC. */
function toLocalTime(value: Json): string | null {
  if (typeof value === 'number') return secondsToTime(value)
  if (typeof value !== 'string') return null
  if (/^\d{9,11}$/.test(value)) return secondsToTime(Number(value))
  const parts = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d:\d\d)(?:\.\d+)?Z?)?$/.exec(value)
  return parts ? `${parts[1]} ${parts[2] ?? '00:00:00'}` : null
}

function secondsToTime(seconds: number): string | null {
  const date = new Date(seconds * 1000)
  if (seconds <= 0 || Number.isNaN(date.getTime())) return null
  return date.toISOString().slice(0, 19).replace('T', ' ')
}
