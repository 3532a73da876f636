import type { Column, Value } from '../../../src/server/contract_streams.ts'

type Type = Column['type']

/** Types whose values stand at the right, digits below digits. Ids do not: nobody adds them up. */
const FIGURES: ReadonlySet<Type | null> = new Set<Type | null>(['integer', 'money', 'ratio'])

/** True for a column whose values are amounts. */
export const isFigure = (type: string | null): boolean => FIGURES.has(type as Type)

const DIGITS = /^(-?)(\d+)(?:\.(\d+))?$/

/**
 * A decimal text with thousands parted, every digit kept: `1234567.50` → `1,234,567.50`. Never goes through a float.
 * With `places`, zeros beyond those places are left out: `3.500000` at 2 → `3.50`; text that is no decimal stays.
 */
export function decimal(text: string, places?: number): string {
  const [, sign, whole, fraction = ''] = DIGITS.exec(text) ?? []
  if (whole === undefined) return text
  const parted = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  const kept = places === undefined ? fraction : keptPlaces(fraction, places)
  return `${sign}${parted}${kept === '' ? '' : `.${kept}`}`
}

const keptPlaces = (fraction: string, places: number): string => fraction.replace(/0+$/, '').padEnd(places, '0')

const RATIO = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 6 })

/** A cell as people read it. Absent is "–", which is not 0; ids stay as they are. */
export function cellText(value: Value, type: string | null): string {
  if (value === null) return '–'
  switch (type) {
    case 'money':
      return decimal(String(value), 2)
    case 'integer':
      return decimal(String(value))
    case 'ratio':
      return typeof value === 'number' ? RATIO.format(value) : decimal(String(value))
    case 'instant':
      return instantText(value)
    default:
      return String(value)
  }
}

function instantText(value: Value): string {
  const at = new Date(typeof value === 'number' ? value : String(value))
  return Number.isNaN(at.getTime()) ? String(value) : `${at.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** A length of time in at most two parts: `42 s`, `4 min 12 s`, `2 h 5 min`; below a second `280 ms`. */
export function duration(ms: number): string {
  if (ms < SECOND) return `${Math.round(ms)} ms`
  if (ms < MINUTE) return `${Math.round(ms / SECOND)} s`
  if (ms < HOUR) return joined(Math.floor(ms / MINUTE), 'min', Math.round((ms % MINUTE) / SECOND), 's')
  return joined(Math.floor(ms / HOUR), 'h', Math.round((ms % HOUR) / MINUTE), 'min')
}

const joined = (large: number, unit: string, small: number, smallUnit: string): string =>
  small === 0 ? `${large} ${unit}` : `${large} ${unit} ${small} ${smallUnit}`
