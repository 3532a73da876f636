import type { ColumnType, Value } from '../../core/table.ts'

/** A cell as TikTok gives it: nearly always text; a file gives nothing but text. */
export type WireValue = unknown

/**
 * How a cell becomes a value of a column: `-` and `<5` are no value and not zero, amounts keep every digit, a percentage
 * stays in percent, times stay in the zone of the advertiser.
 */
export const PARSERS: Readonly<Record<ColumnType, (wire: WireValue) => Value>> = {
  id: (wire) => textOf(wire),
  text: (wire) => textOf(wire),
  integer: (wire) => {
    const text = numberText(wire)
    if (text === null) return null
    const number = Number(text)
    if (Number.isSafeInteger(number)) return number
    // Credit for one event may be shared out, and a count has no fractions.
    return /^-?\d+$/.test(text) ? text : Math.round(number)
  },
  money: (wire) => numberText(wire),
  ratio: (wire) => {
    const text = numberText(wire)
    return text === null ? null : Number(text)
  },
  boolean: (wire) => {
    if (typeof wire === 'boolean') return wire
    const word = textOf(wire)?.toLowerCase()
    if (word === 'true' || word === '1') return true
    return word === 'false' || word === '0' ? false : null
  },
  date: (wire) => textOf(wire)?.slice(0, 10) ?? null,
  local_time: (wire) => {
    const text = textOf(wire)
    if (text === null) return null
    // Files leave out what is zero.
    return text.length === 10 ? `${text} 00:00:00` : text.length === 16 ? `${text}:00` : text
  },
  instant: (wire) => textOf(wire),
  json: (wire) => (wire === null || wire === undefined ? null : JSON.stringify(wire)),
}

/** What tells rows apart is never missing: an empty text stands for what TikTok does not name. */
export const parseDimension = (wire: WireValue): string =>
  typeof wire === 'string' ? wire : wire === null || wire === undefined ? '' : String(wire)

function textOf(wire: WireValue): string | null {
  if (typeof wire === 'string') return wire === '-' || wire === '' ? null : wire
  if (wire === null || wire === undefined) return null
  return typeof wire === 'object' ? JSON.stringify(wire) : String(wire)
}

const NUMBER = /^-?\d+(\.\d+)?$/

/** A decimal number as text; null for `-`, for `<5`, and for anything else that is none. */
function numberText(wire: WireValue): string | null {
  if (typeof wire === 'string') {
    if (NUMBER.test(wire)) return wire
    const bare = wire.replace(/,(?=\d{3})|\s*%$/g, '')
    return NUMBER.test(bare) ? bare : null
  }
  if (typeof wire !== 'number' || !Number.isFinite(wire)) return null
  const text = String(wire)
  return NUMBER.test(text) ? text : wire.toFixed(6)
}
